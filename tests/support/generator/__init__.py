"""Random schemas whose objects depend on each other, changed in a few places: the diff has to lead from one to the other."""
