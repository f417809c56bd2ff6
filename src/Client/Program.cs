using ApproxCluster.Client.Commands;

return await CommandTree.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
