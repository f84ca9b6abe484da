"""All HTML. Nobody imports it."""
