"""How a change is written: names, operations, hazards, rendering."""
