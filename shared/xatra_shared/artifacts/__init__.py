"""Where bytes live: rendered maps, uploaded files and the assets that maps load."""
