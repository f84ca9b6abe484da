"""How models and tables were made, and measured. Not part of the package."""
