"""Makes the helper modules in this folder importable from every test, in whatever folder it is."""
