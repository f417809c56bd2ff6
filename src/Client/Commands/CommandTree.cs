using System.CommandLine;
using System.CommandLine.Invocation;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Commands;

/// <summary>The tree of commands, and what every one of them has in common: options, errors, exit codes.</summary>
internal static class CommandTree
{
    /// <summary>The cluster module, or null in a build without Orleans.</summary>
    public static IClusterModule? Cluster => Modules.OfType<IClusterModule>().SingleOrDefault();

    private static IReadOnlyList<ICommandModule> Modules { get; } = FindModules();

    /// <summary>Runs a command line and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        // Nothing asked for: say what there is to ask for.
        var result = Build().Parse(args.Length == 0 ? ["--help"] : args);
        if (result.Action is ParseErrorAction action)
        {
            action.ShowHelp = false;
        }

        var configuration = new InvocationConfiguration
        {
            // Usage errors come with an empty line on standard output, where results belong.
            Output = result.Errors.Count > 0 ? TextWriter.Null : output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            var exitCode = await result.InvokeAsync(configuration, cancellationToken);
            return result.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
        }
        catch (Exception exception) when (Explain(exception) is { } explained)
        {
            await error.WriteLineAsync(result.GetValue(GlobalOptions.Verbose) ? exception.ToString() : explained.Message);
            return explained.ExitCode;
        }
    }

    /// <summary>The whole tree.</summary>
    public static RootCommand Build()
    {
        var root = new RootCommand("Searches hyperparameters of small neural networks that approximate functions.");
        foreach (var option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        foreach (var module in Modules)
        {
            module.Register(root);
        }

        AddOutput(root);
        return root;
    }

    // Not for commands whose -o is a file.
    private static void AddOutput(Command command)
    {
        if (command.Options.All(option => option.Name != GlobalOptions.Output.Name))
        {
            command.Options.Add(GlobalOptions.Output);
        }

        foreach (var below in command.Subcommands)
        {
            AddOutput(below);
        }
    }

    private static List<ICommandModule> FindModules()
    {
        var modules = typeof(ICommandModule).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ICommandModule)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (ICommandModule)Activator.CreateInstance(type)!)
            .ToList();

        // Stands in for the cluster's commands only where they are missing.
        if (modules.Any(module => module is IClusterModule))
        {
            modules.RemoveAll(module => module is NoClusterModule);
        }

        return modules;
    }

    private static (int ExitCode, string Message)? Explain(Exception exception) => exception switch
    {
        CommandException command => (command.ExitCode, command.Message),
        TargetException target => (ExitCodes.Usage, target.Message),
        ProgramException program => (ExitCodes.Usage, program.Message),
        StorageException storage => (ExitCodes.Failed, storage.Message),
        JournalConflictException conflict => (ExitCodes.Failed, conflict.Message),
        PlatformNotSupportedException platform => (ExitCodes.Failed, platform.Message),
        OperationCanceledException => (ExitCodes.Interrupted, "Interrupted."),
        _ => (ExitCodes.Failed, $"{exception.GetType().Name}: {exception.Message} Run again with --verbose to see where; this is a fault of the program."),
    };
}
