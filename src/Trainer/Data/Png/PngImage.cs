namespace ApproxCluster.Trainer;

/// <summary>A picture in memory: [height x width x channels], row by row from the top, each sample 0..65535 whatever the file's depth.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Channels">1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.</param>
/// <param name="Samples">The samples.</param>
internal sealed record PngImage(int Width, int Height, int Channels, ushort[] Samples);
