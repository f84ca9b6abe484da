"""Users, teams and how they sign in."""
