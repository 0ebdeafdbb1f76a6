"""The room of chapter 12."""
OFFERS = {"newer": "BLIND MINLSTM SLSTM scan shares", "asked": "faster learned loudest parity"}
