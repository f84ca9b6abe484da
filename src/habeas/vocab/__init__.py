"""The field's terms as data: kinds and phases, regimes, speech acts, and the words of each language. Pure."""
