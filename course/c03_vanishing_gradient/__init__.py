"""The room of chapter 03."""
OFFERS = {"whole": "whole_cell", "pictures": "BENT"}
