"""Chapter 11: the sunspots of three centuries."""
import numpy as np

from workbook.ink import Drawing, Picture, number
from workbook.plots import axes
from workbook.words import say

from .spots import EXAM, sunspots

__all__ = ["spots_by_year"]


def spots_by_year():
    """The whole series, and the year at which the exam begins."""
    year, spots = sunspots()
    drawing = Drawing(360)
    panel = axes(drawing, (4, 0, 792, 360), (year[0], year[-1]), (0, 200), say("year"), say("sunspot number"),
                 xticks=range(1700, 2001, 50))
    panel.line(year, spots, "c", 2.5)
    panel.down(EXAM, say("the exam"))
    most = np.argmax(spots)
    text = say("Sunspot numbers from {first} to {last}: some thirty waves of about eleven years, uneven in height; the "
               "greatest, {most}, in {year}. From {exam} on, the exam.", first=f"{year[0]:.0f}", last=f"{year[-1]:.0f}",
               most=number(spots[most], 3), year=f"{year[most]:.0f}", exam=EXAM)
    return Picture(drawing, text)
