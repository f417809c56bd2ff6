using ApproxCluster.Bench.Trainer;
using ApproxCluster.Trainer;

if (args is ["--first-steps", var first, var way])
{
    return FirstSteps.Measure(first, way == "warm");
}

if (Options.Parse(args) is not { } options)
{
    return 2;
}

if (options.Peers is not null && PeerEnvironment.Restart(args) is { } code)
{
    return code;
}

HardwareCheck.ThrowIfUnsupported();
var report = new Report(options);
report.Limits();
report.Kernels();
report.Workloads();
report.Threads();
report.Lent();
report.FirstSteps();
report.Avx2();
report.Finish();
return report.AllGatesPassed ? 0 : 1;
