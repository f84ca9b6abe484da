"""Fine-tunes the attribution model: `python -m training.attribution.train --out DIR [--corpora DIR]`.

Seeded; a run that was stopped goes on from its last checkpoint when the same command is given again. `--encoder` is the
folder that holds `model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2; without it, that of the installed package.
`--start` begins from the averaged weights of a finished run instead of the pre-trained ones.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch

from habeas.extraction.attribution.tokens import UNKNOWN, WordPiece

from .augment import augment
from .data import Article, Batch, Example, batches, collate, examples, polnear, reports
from .network import Network, load_pretrained, load_trained, pretrained_folder

OWN_REPORTS = Path(__file__).parents[1] / "reports" / "raw"
MASK = UNKNOWN + 3
LINK_WEIGHT = 0.5
EMA = 0.998


def main() -> None:
    """Trains, or goes on training."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    wordpiece = WordPiece.load(options.encoder / "vocab.txt")
    articles = polnear(options.corpora / "polnear", "train", wordpiece, annotations=2)
    invented = [report for path in options.reports for report in reports(path, wordpiece)]
    run = Run(options)
    print(f"{len(articles)} articles, {len(invented)} reports; step {run.step}", flush=True)
    while run.epoch < options.epochs:
        rng = random.Random(f"{options.seed}-{run.epoch}")
        rows = list(_epoch(articles, invented * options.repeat, wordpiece, rng))
        run.train(batches(rows, options.tokens, rng))
    run.save()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=os.environ.get("HABEAS_CORPORA"), help="folder of the corpora")
    parser.add_argument("--encoder", type=Path, default=pretrained_folder(), help="folder of the pre-trained encoder")
    parser.add_argument("--reports", type=Path, nargs="*", help="annotated reports; default: the corpora's and our own")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--start", type=Path, help="checkpoint whose averaged weights to begin from")
    parser.add_argument("--epochs", type=float, default=4.0, help="may be changed when going on")
    parser.add_argument("--repeat", type=int, default=4, help="times that an epoch takes each invented report")
    parser.add_argument("--tokens", type=int, default=1024, help="pieces in a batch")
    parser.add_argument("--rate", type=float, default=2.5e-4, help="highest learning rate of the encoder")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu", help="where torch computes: cpu, or cuda where there is one")
    options = parser.parse_args()
    if options.corpora is None:
        parser.error("Give --corpora, or set HABEAS_CORPORA to the folder of the corpora.")
    options.corpora = Path(options.corpora)
    if options.reports is None:
        options.reports = [options.corpora / "reports-invented" / "train.jsonl", OWN_REPORTS]
    return options


def _epoch(
    articles: list[Article], invented: list[Article], wordpiece: WordPiece, rng: random.Random
) -> Iterator[Example]:
    """Every article once and the reports as often as they are given, some changed, cut at lengths that vary."""
    for article in [*articles, *invented]:
        often = 0.35 if article.domain == "polnear" else 0.6
        changed = augment(article, rng) if rng.random() < often else article
        yield from examples(changed, wordpiece, rng.choice((80, 112, 128, 128, 144, 176)))


class Run:
    """Model, optimiser, averaged weights and how far they have come."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        if options.start:
            self.network = load_trained(options.start)
        else:
            self.network = Network(options.layers)
            load_pretrained(self.network, options.encoder / "model.safetensors")
        self.network.to(options.device)
        self.optimizer = _optimizer(self.network, options.rate)
        self.trained = [p for p in self.network.parameters() if p.requires_grad]
        self.average = [p.detach().clone() for p in self.trained]
        self.step = self.epoch = self.within = 0
        self.path = options.out / "checkpoint.pt"
        options.out.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            self._load()

    def train(self, todo: list[list[Example]]) -> None:
        """One epoch, or what is left of it."""
        self.network.train()
        began, pieces, sums = time.monotonic(), 0, [0.0, 0.0]
        for i in range(self.within, len(todo)):
            done = (self.epoch + i / len(todo)) / self.options.epochs
            if done >= 1:
                break
            self._set_rate(done)
            batch = collate(todo[i])
            tags, links = self._update(batch)
            sums, pieces = [sums[0] + tags, sums[1] + links], pieces + batch.pieces.size
            self.step, self.within = self.step + 1, i + 1
            if self.step % 50 == 0:
                rate = pieces / (time.monotonic() - began)
                left = (len(todo) * (self.options.epochs - self.epoch) - i) * self.options.tokens / rate / 60
                print(
                    f"epoch {self.epoch} {i + 1}/{len(todo)} tags {sums[0] / 50:.4f} links {sums[1] / 50:.4f} "
                    f"{rate:.0f} pieces/s, about {left:.0f} min left",
                    flush=True,
                )
                sums = [0.0, 0.0]
            if self.step % 250 == 0:
                self.save()
        self.epoch, self.within = self.epoch + 1, 0
        self.save()

    def _update(self, batch: Batch) -> tuple[float, float]:
        arrays = {k: torch.from_numpy(v).to(self.options.device) for k, v in dataclasses.asdict(batch).items()}
        hidden = (torch.rand(batch.pieces.shape).to(self.options.device) < 0.07) & (arrays["pieces"] > MASK)
        arrays["pieces"] = arrays["pieces"].masked_fill(hidden, MASK)
        tags, links = self.network.losses(arrays)
        self.optimizer.zero_grad(set_to_none=True)
        (tags + LINK_WEIGHT * links).backward()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        decay = min(EMA, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(self.average, [p.detach() for p in self.trained], 1 - decay)  # as torch.optim does
        return tags.item(), links.item()

    def _set_rate(self, done: float) -> None:
        warm = min(1.0, (self.step + 1) / 150)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * warm * (1 - done)

    def save(self) -> None:
        """Writes the checkpoint whole, so that a run killed while writing keeps the one before."""
        state = {
            "network": self.network.state_dict(), "optimizer": self.optimizer.state_dict(), "average": self.average,
            "step": self.step, "epoch": self.epoch, "within": self.within, "random": torch.get_rng_state(),
            "layers": self.options.layers,
        }  # fmt: skip
        torch.save(state, self.path.with_suffix(".part"))
        self.path.with_suffix(".part").replace(self.path)

    def _load(self) -> None:
        state = torch.load(self.path, map_location=self.options.device)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average = state["average"]
        self.step, self.epoch, self.within = state["step"], state["epoch"], state["within"]
        torch.set_rng_state(state["random"].cpu())


def _optimizer(network: Network, rate: float) -> torch.optim.AdamW:
    """AdamW; the heads, which start from nothing, learn five times as fast as the encoder."""
    groups = []
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            fast = not name.startswith("encoder.") or name.startswith("encoder.shapes")
            decay = 0.01 if parameter.dim() == 2 and not fast else 0.0
            groups.append({"params": [parameter], "peak": rate * (5 if fast else 1), "weight_decay": decay})
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)


if __name__ == "__main__":
    main()
