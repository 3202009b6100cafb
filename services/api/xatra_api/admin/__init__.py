"""What administrators set: the site's face, and how much users may render in a month."""
