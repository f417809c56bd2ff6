using ApproxCluster.Silo.Hosting;
using ApproxCluster.Silo.Options;

return await SiloCommandLine.RunAsync(args, SiloProgram.RunAsync);
