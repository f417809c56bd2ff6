namespace ApproxCluster.Trainer.Tests;

/// <summary>The real data sets, where they are: beside the repository in shared/data, or where APPROX_TEST_DATA says.</summary>
public class RealDataTests
{
    [Theory]
    [InlineData("mnist", 50_000, 10_000, 10_000, 10, 33.3184)]
    [InlineData("fashion_mnist", 50_000, 10_000, 10_000, 10, 72.9404)]
    [InlineData("sign_mnist", 22_455, 5_000, 7_172, 24, 159.2910)]
    public void Load_ImageSet_HasItsCountsAndMeanPixel(string kind, int training, int validation, int test, int classes, double mean)
    {
        var target = TestTarget.In(Folder(), kind, 1);
        Assert.Equal((training, validation, test, classes), (target.Shape.TrainingSamples, target.Shape.ValidationSamples, target.Shape.TestSamples, target.Shape.Outputs));
        var data = target.Load();
        var sum = data.Training.X.Sum(x => (double)x) + data.Validation.X.Sum(x => (double)x);
        Assert.Equal(mean, sum / (data.Training.X.Length + data.Validation.X.Length), 1e-4);
        Assert.Equal(classes, data.Training.Labels!.Distinct().Count());
        Assert.Equal(64, target.Shape.Fingerprint.Length);
    }

    [Fact]
    public void Load_Camera_HasItsPixels()
    {
        var target = TestTarget.In(Folder(), "image", 1, "file=images/camera.png");
        Assert.Equal((2, 1, 65_536), (target.Shape.Inputs, target.Shape.Outputs, target.Shape.TrainingSamples));
        Assert.All(target.Load().Training.Values!, value => Assert.InRange(value, 0, 1));
    }

    private static string Folder()
    {
        var folder = Environment.GetEnvironmentVariable("APPROX_TEST_DATA");
        for (var up = new DirectoryInfo(AppContext.BaseDirectory); folder is null && up is not null; up = up.Parent)
        {
            if (File.Exists(Path.Combine(up.FullName, "ApproxCluster.sln")))
            {
                folder = Path.Combine(up.FullName, "..", "shared", "data");
            }
        }

        Assert.SkipUnless(Directory.Exists(folder), $"No data sets in {folder}: set APPROX_TEST_DATA to a folder with mnist/, fashion-mnist/, sign-mnist/ and images/.");
        return folder!;
    }
}
