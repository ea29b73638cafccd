using System.Text.Json;

namespace Shop.Local.Tests.Stripe;

/// <summary>A log of changes that has become long: the whole state is written, and the log begun anew.</summary>
public sealed class StateLogTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Whole => Path.Combine(_data.Path, "stripe.json");

    [Fact]
    public async Task A_long_log_is_begun_anew_again_and_again_and_nothing_is_lost()
    {
        string books;
        await using (var before = await StartAsync(longestLog: 1))
        {
            // Also several at once, so that changes come while the whole is written.
            for (var round = 0; round < 5; round++) await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => before.PaidAsync()));
            books = JsonSerializer.Serialize(before.Sandbox.Books);
        }

        var log = new FileInfo(Directory.GetFiles(_data.Path, "*.log").ShouldHaveSingleItem());
        log.Name.ShouldNotBe("stripe.0.log");
        log.Length.ShouldBeLessThan(2 * new FileInfo(Whole).Length);
        await using var after = await StartAsync(longestLog: 1);
        after.Sandbox.Books.Count.ShouldBe(20);
        JsonSerializer.Serialize(after.Sandbox.Books).ShouldBe(books);
    }

    [Fact]
    public async Task Wherever_a_kill_cuts_the_new_beginning_off_what_was_answered_is_still_there()
    {
        string paid;
        await using (var sandbox = await StartAsync()) paid = await sandbox.PaidAsync();
        var (firstWhole, firstLog) = (await ReadAsync("stripe.json"), await ReadAsync("stripe.0.log"));
        await using (var sandbox = await StartAsync(longestLog: 1)) await sandbox.Sandbox.RefundAsync(paid, 700);
        var secondWhole = await ReadAsync("stripe.json");
        File.Exists(Path.Combine(_data.Path, "stripe.1.log")).ShouldBeTrue();

        // The new whole is half written and not in its place.
        await IsAsync(refunded: 0, ("stripe.json", firstWhole), ("stripe.0.log", firstLog), ("stripe.json.new", secondWhole[..(secondWhole.Length / 2)]));
        // It is in its place, its log is not there yet, and the old one still is.
        await IsAsync(refunded: 700, ("stripe.json", secondWhole), ("stripe.0.log", firstLog));
        // Its log begins with changes that came while the whole was written, and stand in it.
        await IsAsync(refunded: 700, ("stripe.json", secondWhole), ("stripe.1.log", firstLog));
    }

    public void Dispose() => _data.Dispose();

    private async Task IsAsync(long refunded, params (string Name, byte[] Bytes)[] left)
    {
        foreach (var file in Directory.GetFiles(_data.Path)) File.Delete(file);
        foreach (var (name, bytes) in left) await File.WriteAllBytesAsync(Path.Combine(_data.Path, name), bytes, Stop);

        await using (var killed = await StartAsync())
        {
            killed.Sandbox.Books.ShouldHaveSingleItem().RefundsPending.ShouldBe(refunded);
            killed.Sandbox.Refunds.Sum(refund => refund.Amount).ShouldBe(refunded);
            Directory.GetFiles(_data.Path, "*.log").ShouldHaveSingleItem();
            await killed.PaidAsync();
        }

        await using var again = await StartAsync();
        again.Sandbox.Books.Select(book => book.RefundsPending).ShouldBe([refunded, 0]);
    }

    private Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(Path.Combine(_data.Path, name), Stop);

    private Task<SandboxUnderTest> StartAsync(long longestLog = 4_000_000) => SandboxUnderTest.StartAsync(data: _data.Path, longestLog: longestLog);
}
