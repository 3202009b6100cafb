"""Makes tanpura.wav, the drone of the Chola example: four plucked strings (Karplus-Strong), 7 s, 8 kHz, 8 bit."""

import random
import wave
from pathlib import Path

RATE = 8000  # samples a second
SECONDS = 7
STRINGS_HZ = (98.0, 130.8, 130.8, 65.4)  # Pa, Sa, Sa, low Sa


def pluck(frequency_hz: float, samples: int, noise: random.Random) -> list[float]:
    """A plucked string: noise that goes round a loop and is smoothed a little at every turn."""
    loop = [noise.uniform(-1, 1) for _ in range(round(RATE / frequency_hz))]
    sound = []
    for turn in range(samples):
        place = turn % len(loop)
        sound.append(loop[place])
        loop[place] = 0.4985 * (loop[place] + loop[(place + 1) % len(loop)])
    return sound


def drone() -> bytes:
    """One round of the strings, whose tails run on from its end into its beginning, so that it loops."""
    total = RATE * SECONDS
    mix = [0.0] * total
    noise = random.Random(1010)  # the year of the great temple: the same file every time
    for number, frequency_hz in enumerate(STRINGS_HZ):
        start = number * total // len(STRINGS_HZ)
        for offset, value in enumerate(pluck(frequency_hz, total, noise)):
            mix[(start + offset) % total] += value
    loudest = max(map(abs, mix))
    return bytes(round(128 + 110 * value / loudest) for value in mix)


with wave.open(str(Path(__file__).with_suffix(".wav")), "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(1)
    file.setframerate(RATE)
    file.writeframes(drone())
