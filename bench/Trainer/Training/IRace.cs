namespace ApproxCluster.Bench.Trainer;

/// <summary>Our side of a workload: one trial on this thread, or several on slots.</summary>
internal interface IRace : IDisposable
{
    /// <summary>Operations for each training sample, those of the reports too; per core.</summary>
    double FlopsPerSample { get; }

    /// <summary>Training samples per second in one go.</summary>
    /// <param name="reports">Share of the time that the reports' evaluations took; 0 where it is not known.</param>
    double Run(out double reports);
}
