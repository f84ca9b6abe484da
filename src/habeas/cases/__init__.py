"""People, sightings, claims, statements, and the state they add up to."""
