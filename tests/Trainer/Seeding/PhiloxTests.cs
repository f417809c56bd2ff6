namespace ApproxCluster.Trainer.Tests;

public class PhiloxTests
{
    // Known answers that the authors of Random123 publish for philox4x32-10.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Block_PublishedCounters_GivesPublishedWords(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Position_SetToAnyPlace_ContinuesTheSameSequence()
    {
        var straight = new Philox(7, 3);
        var words = Enumerable.Range(0, 40).Select(_ => straight.NextUInt32()).ToArray();
        for (var place = 0; place < words.Length; place++)
        {
            var moved = new Philox(7, 3) { Position = (ulong)place };
            Assert.Equal(words[place], moved.NextUInt32());
        }
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(5UL)]
    [InlineData(4UL * uint.MaxValue - 40)]
    public void Draw_AnyPlaceAndCount_GivesTheWordsOneByOne(ulong place)
    {
        for (var count = 0; count < 150; count++)
        {
            var (one, many) = (new Philox(7, 3) { Position = place }, new Philox(7, 3) { Position = place });
            var words = new uint[count];
            many.Draw(words);
            Assert.All(words, word => Assert.Equal(one.NextUInt32(), word));
            Assert.Equal(one.NextUInt32(), many.NextUInt32());
        }
    }

    [Fact]
    public void NextBelow_ManyDraws_FillsTheRangeEvenly()
    {
        var generator = new Philox(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[generator.NextBelow(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }
}
