select val = 1 and id = 1 from arch.measure
