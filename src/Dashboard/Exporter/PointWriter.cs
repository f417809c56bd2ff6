using OpenTelemetry.Metrics;

namespace ApproxCluster.Dashboard;

/// <summary>What stands before a sample's value.</summary>
internal readonly ref struct SampleName(ReadOnlySpan<byte> family, ReadOnlySpan<byte> labels)
{
    private readonly ReadOnlySpan<byte> family = family;
    private readonly ReadOnlySpan<byte> labels = labels;

    /// <summary>Writes <c>family suffix {labels,le="..."} </c> with the blank behind it.</summary>
    public void WriteTo(ByteWriter output, ReadOnlySpan<byte> suffix, string? le)
    {
        output.Raw(family);
        output.Raw(suffix);
        if (labels.Length > 0 || le is not null)
        {
            output.Raw('{');
            output.Raw(labels);
            if (le is not null)
            {
                output.Raw(labels.Length > 0 ? ",le=\""u8 : "le=\""u8);
                output.Text(le);
                output.Raw('"');
            }

            output.Raw('}');
        }

        output.Raw(' ');
    }
}

/// <summary>Writes the samples of one point.</summary>
internal static class PointWriter
{
    /// <summary>Writes the point and tells how many samples it had.</summary>
    public static int Write(ByteWriter output, SampleName name, MetricType type, in MetricPoint point, ExpositionFormat format)
    {
        if (type == MetricType.Histogram)
        {
            return WriteHistogram(output, name, in point, format);
        }

        name.WriteTo(output, default, null);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                output.Number(point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                output.Number(point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                output.Number(point.GetGaugeLastValueLong());
                break;
            default:
                output.Number(point.GetGaugeLastValueDouble());
                break;
        }

        if (format == ExpositionFormat.OpenMetrics && type is MetricType.LongSum or MetricType.DoubleSum)
        {
            ExemplarWriter.Write(output, in point, type == MetricType.LongSum, double.NegativeInfinity, double.PositiveInfinity);
        }

        output.Raw('\n');
        return 1;
    }

    private static int WriteHistogram(ByteWriter output, SampleName name, in MetricPoint point, ExpositionFormat format)
    {
        long cumulative = 0;
        var samples = 0;
        var (below, negative) = (double.NegativeInfinity, false);
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            negative |= bucket.ExplicitBound < 0;
            name.WriteTo(output, "_bucket"u8, Bounds.Text(bucket.ExplicitBound, format));
            output.Number(cumulative);
            if (format == ExpositionFormat.OpenMetrics)
            {
                ExemplarWriter.Write(output, in point, false, below, bucket.ExplicitBound);
                below = bucket.ExplicitBound;
            }

            output.Raw('\n');
            samples++;
        }

        if (samples == 0)
        {
            // A histogram without buckets of its own still has the one that holds everything.
            cumulative = point.GetHistogramCount();
            name.WriteTo(output, "_bucket"u8, "+Inf");
            output.Number(cumulative);
            output.Raw('\n');
            samples++;
        }

        // A sum that may fall is no counter, and OpenMetrics ties the count to the sum.
        if (format == ExpositionFormat.OpenMetrics && negative)
        {
            return samples;
        }

        name.WriteTo(output, "_sum"u8, null);
        output.Number(point.GetHistogramSum());
        output.Raw('\n');
        name.WriteTo(output, "_count"u8, null);
        output.Number(cumulative);
        output.Raw('\n');
        return samples + 2;
    }
}
