"""The room of chapter 08."""
OFFERS = {"diagram": "cell_diagram red_wires single_gate"}
