"""The desk: the pages a team works in."""
