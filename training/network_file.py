# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through a Tesseract network file and rewrites its weights.

The file is a tree of layers.  Everything but the weight matrices is copied
as it is; what becomes of those is told by the caller.
"""
import struct

import numpy as np

# The order of Tesseract's enum NetworkType, for files that give no names.
KINDS = ("none input convolve maxpool parallel replicated bidi_lstm "
         "two_way_lstm grid_lstm series reconfig reversed_x reversed_y "
         "transposed lstm lstm_summary logistic pos_clip sym_clip tanh relu "
         "linear softmax softmax_no_ctc lstm_softmax lstm_binary").split()
# The names in files that give them.
NAMED = {"Input": "input", "Convolve": "convolve", "Maxpool": "maxpool",
         "Reconfig": "reconfig", "LSTM": "lstm", "SummLSTM": "lstm_summary",
         "Series": "series", "Parallel": "parallel",
         "Replicated": "replicated", "ParBidiLSTM": "bidi_lstm",
         "DepParUDLSTM": "two_way_lstm", "Par2dLSTM": "grid_lstm",
         "RTLReversed": "reversed_x", "TTBReversed": "reversed_y",
         "XYTranspose": "transposed", "Logistic": "logistic",
         "LinLogistic": "pos_clip", "LinTanh": "sym_clip", "Tanh": "tanh",
         "Relu": "relu", "Linear": "linear", "Softmax": "softmax",
         "SoftmaxNoCTC": "softmax_no_ctc"}
FIXED_BYTES = {"input": 20, "convolve": 8, "maxpool": 8, "reconfig": 8}
GROUPS = {"series", "parallel", "replicated", "bidi_lstm", "two_way_lstm",
          "grid_lstm", "reversed_x", "reversed_y", "transposed"}
DENSE = {"logistic", "pos_clip", "sym_clip", "tanh", "relu", "linear",
         "softmax", "softmax_no_ctc"}

LAYER_RATES = 64        # network flag: a group carries learning rates
MODE_INT8 = 1           # weight mode bits
MODE_ADAM = 4
MODE_DOUBLE = 128
TRAINED_IN_INT8 = 1     # recogniser flag


class NetworkFile:
    """Reads DATA and writes .out, in which every weight matrix is what
    CHANGE makes of the old one; .matrices holds the old ones in order."""

    def __init__(self, data, change=lambda number, matrix: matrix):
        self.data, self.change = data, change
        self.at, self.out, self.matrices = 0, bytearray(), []
        self.network()
        self.copy_string()
        (flags,) = self.take("i")
        self.out += struct.pack("<i", flags & ~TRAINED_IN_INT8)
        self.copy(len(data) - self.at)

    def take(self, layout):
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take_array(self, kind, count):
        array = np.frombuffer(self.data, kind, count, self.at)
        self.at += array.nbytes
        return array

    def copy(self, size):
        piece = self.data[self.at:self.at + size]
        if len(piece) != size:
            raise SystemExit("the network file ends too early")
        self.at += size
        self.out += piece
        return piece

    def copy_int(self):
        return struct.unpack("<i", self.copy(4))[0]

    def copy_string(self):
        return self.copy(self.copy_int()).decode()

    def weights(self):
        mode, rows, columns = self.take("Bii")
        if mode & ~MODE_ADAM == MODE_DOUBLE | MODE_INT8:
            self.take("b")                      # the array's empty value
            small = self.take_array(np.int8, rows * columns)
            (count,) = self.take("I")
            scale = self.take_array("<f8", count)[:rows, None]
            matrix = small.reshape(rows, columns) * scale
        elif mode & ~MODE_ADAM == MODE_DOUBLE:
            self.take("d")
            matrix = self.take_array("<f8", rows * columns).reshape(
                rows, columns)
        else:
            raise SystemExit(f"weights of mode {mode} are not known here")
        matrix_out = self.change(len(self.matrices), matrix)
        self.matrices.append(matrix)
        self.out += struct.pack("<Biid", MODE_DOUBLE | MODE_ADAM,
                                rows, columns, 0.0)
        self.out += matrix_out.astype("<f8").tobytes()

    def network(self):
        (code,) = self.copy(1)
        name = self.copy_string() if code == 0 else None
        kind = NAMED.get(name) if name else KINDS[code]
        self.copy(2)                            # training, needs backprop
        flags = self.copy_int()
        self.copy(12)                           # inputs, outputs, weights
        self.copy_string()
        if kind in FIXED_BYTES:
            self.copy(FIXED_BYTES[kind])
        elif kind in GROUPS:
            for _ in range(self.copy_int()):
                self.network()
            if flags & LAYER_RATES:
                self.copy(4 * self.copy_int())
        elif kind in ("lstm", "lstm_summary"):
            self.copy(4)
            for _gate in range(4):              # 1-D: no second forget gate
                self.weights()
        elif kind in DENSE:
            self.weights()
        else:
            raise SystemExit(f"a layer '{name or code}' is not known here")
