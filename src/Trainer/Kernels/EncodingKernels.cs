using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Features of a batch. Scaling is (x - center) * scale, rounded after each operation; Taylor x^k = x^(k-1) * x; Fourier sin(nx), cos(nx)
/// of the scaled input, the rounding error of nx carried along. Elementwise, so each element meets the same operations whatever the width.
/// </summary>
internal static unsafe class EncodingKernels<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    // Rows that are prepared before the first is read again, so that no load waits for narrower stores.
    private const int BlockRows = 16;
    private const int PatternFloats = 32;
    private const int RowsAhead = 4;
    private const int FewInputs = 4;

    /// <summary>Encodes all rows.</summary>
    public static void Run(in EncodingOperands operands)
    {
        if (operands.Inputs <= FewInputs)
        {
            ScaleFew(operands);
        }
        else
        {
            Scale(operands);
        }

        switch (operands.Kind)
        {
            case EncodingKind.Taylor:
                Taylor(operands);
                break;
            case EncodingKind.Fourier1d when operands.Inputs >= 16:
                WideFourier(operands);
                break;
            case EncodingKind.Fourier1d:
                NarrowFourier(operands);
                break;
        }
    }

    /// <summary>Input by input, as no vector fits a sample; the loads of different samples wait for nothing, so they need not be announced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaleFew(in EncodingOperands operands)
    {
        var (rows, inputs, stride) = (operands.Rows, operands.Inputs, operands.Stride);
        var picked = operands.Picked;
        for (var i = 0; i < inputs; i++)
        {
            var (center, scale) = (operands.Center[i], operands.Scale[i]);
            var x = operands.X + i;
            var to = operands.Features + i;
            for (var row = 0; row < rows; row++, to += stride)
            {
                *to = (x[(nint)(picked == null ? row : picked[row]) * inputs] - center) * scale;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(in EncodingOperands operands)
    {
        var inputs = operands.Inputs;
        var (center, scale) = ((nint)operands.Center, (nint)operands.Scale);
        for (var row = 0; row < operands.Rows; row++)
        {
            var x = Raw(operands, row);
            var to = operands.Features + row * operands.Stride;
            var i = 0;

            // The samples are picked all over a split that may not fit any cache.
            var next = Raw(operands, Math.Min(row + RowsAhead, operands.Rows - 1));
            TSimd.Prefetch(next);
            if (inputs >= TSimd.Lanes)
            {
                for (; i <= inputs - TSimd.Lanes; i += TSimd.Lanes)
                {
                    TSimd.Prefetch(next + i);
                    TSimd.Store((TSimd.Load(x + i) - TSimd.Load((float*)center + i)) * TSimd.Load((float*)scale + i), to + i);
                }
            }

            for (; i < inputs; i++)
            {
                to[i] = (x[i] - ((float*)center)[i]) * ((float*)scale)[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taylor(in EncodingOperands operands)
    {
        var (inputs, count) = (operands.Inputs, operands.Inputs * operands.Order);
        for (var row = 0; row < operands.Rows; row++)
        {
            var x = operands.Features + row * operands.Stride;
            for (var power = inputs; power < count; power += inputs)
            {
                var i = 0;
                for (; i <= inputs - TSimd.Lanes; i += TSimd.Lanes)
                {
                    TSimd.Store(TSimd.Load(x + power - inputs + i) * TSimd.Load(x + i), x + power + i);
                }

                for (; i < inputs; i++)
                {
                    x[power + i] = x[power - inputs + i] * x[i];
                }
            }
        }
    }

    /// <summary>Vectors along the inputs; the last overlaps the one before where they do not divide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WideFourier(in EncodingOperands operands)
    {
        var (inputs, order) = (operands.Inputs, operands.Order);
        for (var row = 0; row < operands.Rows; row++)
        {
            var x = operands.Features + row * operands.Stride;
            var sines = x + inputs;
            var cosines = sines + (nint)inputs * order;
            for (var n = 1; n <= order; n++, sines += inputs, cosines += inputs)
            {
                var frequency = TSimd.Broadcast(n);
                for (var i = 0; i < inputs; i += TSimd.Lanes)
                {
                    var at = Math.Min(i, inputs - TSimd.Lanes);
                    Waves(frequency, x + at, sines + at, cosines + at);
                }
            }
        }
    }

    /// <summary>Vectors along the waves [order][inputs]; the inputs repeat within a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NarrowFourier(in EncodingOperands operands)
    {
        var (inputs, count) = (operands.Inputs, operands.Inputs * operands.Order);
        var patterns = stackalloc float[BlockRows * PatternFloats];
        var edge = stackalloc float[2 * 16];
        var shift = TSimd.Lanes % inputs;
        for (var first = 0; first < operands.Rows; first += BlockRows)
        {
            var rows = Math.Min(BlockRows, operands.Rows - first);
            for (var row = 0; row < rows; row++)
            {
                Repeat(operands.Features + (first + row) * operands.Stride, inputs, patterns + row * PatternFloats);
            }

            for (var row = 0; row < rows; row++)
            {
                var sines = operands.Features + (first + row) * operands.Stride + inputs;
                var cosines = sines + count;
                var wave = 0;
                var phase = 0;
                for (; wave < count; wave += TSimd.Lanes)
                {
                    var pattern = patterns + row * PatternFloats + phase;
                    var frequency = TSimd.Load(operands.Frequencies + wave);
                    phase += shift;
                    phase -= phase >= inputs ? inputs : 0;
                    if (wave + TSimd.Lanes <= count)
                    {
                        Waves(frequency, pattern, sines + wave, cosines + wave);
                        continue;
                    }

                    Waves(frequency, pattern, edge, edge + 16);
                    for (var lane = 0; wave + lane < count; lane++)
                    {
                        sines[wave + lane] = edge[lane];
                        cosines[wave + lane] = edge[16 + lane];
                    }
                }
            }
        }
    }

    /// <summary>Fills 32 floats with the inputs over and over; two inputs, as points of a plane have, at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Repeat(float* x, int inputs, float* pattern)
    {
        if (inputs <= 2)
        {
            var pair = inputs == 2 ? *(long*)x : *(uint*)x * 0x1_0000_0001L;
            for (var i = 0; i < PatternFloats / 2; i++)
            {
                ((long*)pattern)[i] = pair;
            }

            return;
        }

        for (int i = 0, input = 0; i < PatternFloats; i++)
        {
            pattern[i] = x[input];
            input = input + 1 == inputs ? 0 : input + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Raw(in EncodingOperands operands, int row) =>
        operands.X + (nint)(operands.Picked == null ? row : operands.Picked[row]) * operands.Inputs;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Waves(TSimd frequency, float* x, float* sines, float* cosines)
    {
        var argument = TSimd.Load(x);
        var product = frequency * argument;
        var error = TSimd.Fma(frequency, argument, TSimd.Broadcast(0f) - product);
        Elementary<TSimd>.SineCosine(product, error, out var sine, out var cosine);
        TSimd.Store(sine, sines);
        TSimd.Store(cosine, cosines);
    }
}
