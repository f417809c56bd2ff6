using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// The steps and evaluations of a run, divided among a team. Up to the deltas a sample has nothing to do with another, so each member takes some rows all the way forward and
/// back; the weights, which stay as they are meanwhile, are then updated piece by piece. Every number is computed by one thread with the operations and in the order
/// of a single thread, so the results are the same bits for any size of the team.
/// </summary>
internal sealed unsafe class TeamShare : ITeamWork, IDisposable
{
    /// <summary>Rows are divided in multiples of this: kernels compute up to so many at a time.</summary>
    private const int BlockRows = 16;

    private const int ClaimedBlocks = 4;

    /// <summary>Operations of a step from which one more thread pays. Decides about time only.</summary>
    public const double FlopsPerThread = 2e6;

    /// <summary>Below, a step is over before helpers pay. Decides about time only.</summary>
    public const double LeastFlops = 2 * FlopsPerThread;

    private readonly Team team;
    private readonly Network network;
    private readonly Encoder encoder;
    private readonly Losses losses;
    private readonly NativeBlock scratch;
    private readonly nint scratchFloats;
    private readonly double leastFlops;
    private readonly WeightPiece[] pieces;
    private readonly double[] squares;
    private Phase phase;
    private Samples samples = null!;
    private int[]? order;
    private int first;
    private int rows;
    private int next;
    private float factor;

    public TeamShare(Team team, Network network, Encoder encoder, Losses losses, double leastFlops)
    {
        (this.team, this.network, this.encoder, this.losses) = (team, network, encoder, losses);
        this.leastFlops = leastFlops;
        pieces = WeightPiece.Cut(network.Layers, team.Size);
        squares = new double[network.Updater.Blocks];
        scratchFloats = DenseLayer.Stride((int)KernelSet.ScratchFloats(network.Layers.Max(layer => layer.Outputs)));
        scratch = new NativeBlock(scratchFloats * team.Size);
    }

    private enum Phase
    {
        Train,
        Update,
        SumSquares,
        Apply,
        Evaluate,
    }

    /// <summary>Whether helpers make a step of so many rows quicker now.</summary>
    public bool CanStep(int count) => team.IsFree && Pays(network, count, leastFlops);

    /// <summary>Whether helpers make evaluating so many rows at a time quicker now.</summary>
    public bool CanEvaluate(int count) => team.IsFree && 2.0 * network.Parameters.Length * count >= leastFlops;

    /// <summary>Whether a step of so many rows is worth a team at all.</summary>
    public static bool Pays(Network network, int count, double leastFlops) => StepFlops(network, count) >= leastFlops;

    /// <summary>Operations of a step of so many rows.</summary>
    public static double StepFlops(Network network, int count) => 6.0 * network.Parameters.Length * count;

    /// <summary>Trains on the samples order[position..position+count-1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step(Samples training, int[] shuffled, int position, int count, long step, double learningRate)
    {
        (samples, order, first, rows) = (training, shuffled, position, count);
        Run(Phase.Train);
        var updater = network.Updater;
        updater.BeginStep(step, learningRate);
        Run(Phase.Update);
        if (!updater.NeedsNorm)
        {
            return;
        }

        Run(Phase.SumSquares);
        var total = 0.0;
        foreach (var square in squares)
        {
            total += square;
        }

        factor = updater.Factor(total);
        Run(Phase.Apply);
    }

    /// <summary>Computes the logits of samples start..start+count-1, and what their losses follow from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Evaluate(Samples split, int start, int count)
    {
        (samples, order, first, rows) = (split, null, start, count);
        Run(Phase.Evaluate);
    }

    /// <inheritdoc />
    public void Dispose() => scratch.Dispose();

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ITeamWork.Do(int member)
    {
        switch (phase)
        {
            case Phase.Train:
                Rows(member, training: true);
                break;
            case Phase.Evaluate:
                Rows(member, training: false);
                break;
            case Phase.Update:
                for (var piece = Claim(); piece < pieces.Length; piece = Claim())
                {
                    network.Update(pieces[piece], rows, Scratch(member));
                }

                break;
            case Phase.SumSquares:
                for (var block = ClaimBlocks(); block < squares.Length; block = ClaimBlocks())
                {
                    for (var i = block; i < Math.Min(block + ClaimedBlocks, squares.Length); i++)
                    {
                        squares[i] = network.Updater.SumOfSquares(i);
                    }
                }

                break;
            default:
                for (var block = ClaimBlocks(); block < squares.Length; block = ClaimBlocks())
                {
                    for (var i = block; i < Math.Min(block + ClaimedBlocks, squares.Length); i++)
                    {
                        network.Updater.Apply(i, factor);
                    }
                }

                break;
        }
    }

    private void Run(Phase now)
    {
        (phase, next) = (now, 0);
        team.Run(this);
    }

    private int Claim() => Interlocked.Increment(ref next) - 1;

    private int ClaimBlocks() => Interlocked.Add(ref next, ClaimedBlocks) - ClaimedBlocks;

    private float* Scratch(int member) => scratch.Start + member * scratchFloats;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rows(int member, bool training)
    {
        var blocks = (rows + BlockRows - 1) / BlockRows;
        var begin = (int)((long)blocks * member / team.Size) * BlockRows;
        var count = Math.Min(rows, (int)((long)blocks * (member + 1) / team.Size) * BlockRows) - begin;
        if (count <= 0)
        {
            return;
        }

        var features = network.Input + begin * network.InputStride;
        if (!training)
        {
            var inputs = samples.Inputs;
            encoder.Encode(samples.X.AsSpan((first + begin) * inputs, count * inputs), features, network.InputStride);
            network.Forward(begin, count, training: false);
            losses.Prepare(begin, count, network.Output, network.OutputDelta, network.OutputStride);
            return;
        }

        var picked = order.AsSpan(first, rows);
        encoder.Encode(samples.X, picked.Slice(begin, count), features, network.InputStride);
        network.Forward(begin, count, training: true);
        losses.Gradient(samples, picked, begin, count, network.Output, network.OutputDelta, network.OutputStride);
        network.HandBack(begin, count, Scratch(member));
    }
}
