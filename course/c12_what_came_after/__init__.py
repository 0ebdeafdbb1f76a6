"""The room of chapter 12."""
OFFERS = {"newer": "BLIND BLIND_CANDIDATE BLIND_GATES BLIND_TURNING MINLSTM SLSTM scan shares",
          "around": "Attending Bidirectional",
          "asked": "brackets cloakroom faster learned loudest parity practised size"}
