using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Rendering;

StandardWriter.Install();
return await CommandTree.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
