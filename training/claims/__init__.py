"""What the encoder learns about claims: which kinds and phases a sentence tells of, where, and how."""
