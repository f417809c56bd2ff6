using ApproxCluster.Client.Models;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Tests;

public sealed class TrialModelTests
{
    private const int Epoch = 3;

    private static readonly TargetData Data = TargetCatalog.Open(new TargetConfiguration("curve", new Dictionary<string, string> { ["samples"] = "64" }), 1, ".").Load();

    private static readonly TrialConfiguration Configuration = new()
    {
        Encoding = new EncodingConfiguration(EncodingKind.Identity),
        HiddenWidths = [4],
        Activation = new ActivationConfiguration(ActivationKind.Tanh),
        Loss = LossKind.MeanSquaredError,
        Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, 0.01),
        BatchSize = 16,
        Epochs = 10,
    };

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Resume_CheckpointAfterEpochs_IsTakenUpToTheWantedEpoch(int epochs, bool taken)
    {
        using var run = TrialModel.Resume(Configuration, Data, 5, Epoch, Checkpoint(epochs));

        Assert.Equal(taken ? epochs : null, run?.EpochsDone);
    }

    [Fact]
    public void Resume_CheckpointWithinTheNextEpoch_IsPastTheWantedOne()
    {
        var bytes = Checkpoint(Epoch);
        // The position within the epoch follows magic, fingerprint and epochs; the checksum goes over all before it.
        BitConverter.TryWriteBytes(bytes.AsSpan(8 + 32 + 4), 16);
        System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32), bytes.AsSpan(bytes.Length - 32));

        Assert.Null(TrialModel.Resume(Configuration, Data, 5, Epoch, bytes));
    }

    [Fact]
    public void Resume_TornForeignOrMissing_IsNull()
    {
        var bytes = Checkpoint(2);

        Assert.Null(TrialModel.Resume(Configuration, Data, 5, Epoch, bytes.AsMemory(0, bytes.Length - 1)));
        Assert.Null(TrialModel.Resume(Configuration, Data, 6, Epoch, bytes));
        Assert.Null(TrialModel.Resume(Configuration, Data, 5, Epoch, null));
    }

    private static byte[] Checkpoint(int epochs)
    {
        using var run = TrainingRun.Start(Configuration, Data, 5);
        while (run.EpochsDone < epochs)
        {
            run.TrainEpoch(CancellationToken.None);
        }

        return run.SaveCheckpoint();
    }
}
