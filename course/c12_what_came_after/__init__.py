"""The room of chapter 12."""
OFFERS = {"newer": "BLIND MINLSTM SLSTM scan shares", "around": "Attending Bidirectional",
          "asked": "brackets cloakroom faster learned loudest parity practised size"}
