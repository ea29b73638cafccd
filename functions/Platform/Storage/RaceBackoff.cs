namespace Shop.Functions.Platform.Storage;

/// <summary>How long whoever has lost a race for an entity waits before the next try: at random, so that those who lost together do not meet again.</summary>
/// <param name="clock">The machine's own: a race takes milliseconds, whatever day the shop believes it is.</param>
/// <param name="random">Where in its span a wait ends.</param>
public sealed class RaceBackoff(TimeProvider clock, Random random)
{
    private const int FirstMilliseconds = 10;
    private const int MostMilliseconds = 320;

    /// <param name="lost">How many races in a row are lost, from 1.</param>
    public Task WaitAsync(int lost, CancellationToken cancellation) => Task.Delay(After(lost), clock, cancellation);

    /// <returns>Anything up to 10 ms after the first, up to twice as long after each further one, up to 320 ms at most.</returns>
    public TimeSpan After(int lost) =>
        TimeSpan.FromMilliseconds(random.NextDouble() * Math.Min(FirstMilliseconds * Math.Pow(2, lost - 1), MostMilliseconds));
}
