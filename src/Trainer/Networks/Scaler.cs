using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// x' = (x - center) * scale per input, fitted in double on the training split in order of samples. A constant input has scale 0, whatever it is afterwards; so has one that varies by
/// less than a float's scale can make up for (some 1e-38).
/// </summary>
internal sealed class Scaler
{
    private static readonly ConditionalWeakTable<TargetData, ConcurrentDictionary<ScalerKind, Scaler>> Cache = [];

    internal Scaler(float[] center, float[] scale) => (Center, Scale) = (center, scale);

    public float[] Center { get; }

    public float[] Scale { get; }

    /// <summary>The scaler that a configuration asks for.</summary>
    public static Scaler Fit(EncodingConfiguration encoding, TargetData data)
    {
        var kind = encoding.Scaler != ScalerKind.Auto ? encoding.Scaler
            : encoding.Kind == EncodingKind.Fourier1d ? ScalerKind.Pi
            : data.Scaler;
        return Cache.GetOrCreateValue(data).GetOrAdd(kind, wanted => Make(wanted, data));
    }

    private static Scaler Make(ScalerKind kind, TargetData data)
    {
        var inputs = data.Training.Inputs;
        switch (kind)
        {
            case ScalerKind.Byte:
                return Same(inputs, 0, 1 / 255.0);
            case ScalerKind.ZScore:
                return Moments(data.Training);
            case ScalerKind.Symmetric:
                return Range(data, -1, 1);
            case ScalerKind.Unit:
                return Range(data, 0, 1);
            case ScalerKind.Pi:
                return Range(data, -Math.PI, Math.PI);
            default:
                return Same(inputs, 0, 1);
        }
    }

    private static Scaler Same(int inputs, double center, double scale) =>
        new([.. Enumerable.Repeat((float)center, inputs)], [.. Enumerable.Repeat((float)scale, inputs)]);

    /// <summary>Bytes have one common range, 0..255: a border pixel that is always dark must not be blown up.</summary>
    private static Scaler Range(TargetData data, double low, double high)
    {
        var samples = data.Training;
        var (least, most) = (new float[samples.Inputs], new float[samples.Inputs]);
        if (data.Scaler == ScalerKind.Byte)
        {
            Array.Fill(most, 255);
        }
        else
        {
            samples.X.AsSpan(0, samples.Inputs).CopyTo(least);
            samples.X.AsSpan(0, samples.Inputs).CopyTo(most);
            for (var i = 0; i < samples.X.Length; i++)
            {
                var column = i % samples.Inputs;
                least[column] = Math.Min(least[column], samples.X[i]);
                most[column] = Math.Max(most[column], samples.X[i]);
            }
        }

        var (center, scale) = (new float[samples.Inputs], new float[samples.Inputs]);
        for (var column = 0; column < center.Length; column++)
        {
            var width = (double)most[column] - least[column];
            var factor = Factor((high - low) / width);

            // (x - least) * factor + low, written as (x - center) * factor.
            center[column] = (float)(factor > 0 ? least[column] - low / factor : least[column]);
            scale[column] = (float)factor;
        }

        return new Scaler(center, scale);
    }

    private static Scaler Moments(Samples samples)
    {
        var (center, scale) = (new float[samples.Inputs], new float[samples.Inputs]);
        for (var column = 0; column < center.Length; column++)
        {
            double sum = 0;
            for (var i = column; i < samples.X.Length; i += samples.Inputs)
            {
                sum += samples.X[i];
            }

            var mean = sum / samples.Count;
            double squares = 0;
            for (var i = column; i < samples.X.Length; i += samples.Inputs)
            {
                var deviation = samples.X[i] - mean;
                squares += deviation * deviation;
            }

            center[column] = (float)mean;
            scale[column] = (float)Factor(1 / Math.Sqrt(squares / samples.Count));
        }

        return new Scaler(center, scale);
    }

    private static double Factor(double factor) => float.IsFinite((float)factor) ? factor : 0;
}
