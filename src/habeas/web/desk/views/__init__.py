"""The desk's pages: a module each for signing in, cases, documents, statements and search."""
