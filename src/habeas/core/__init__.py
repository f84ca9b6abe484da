"""Small Django helpers that every room uses: who acts, folded text, errors."""
