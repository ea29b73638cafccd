using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Shop.Local.Commands;

/// <summary>Looks for marked values in all that is stored, past the app: every row of every table, every message of every queue, every file on disk.</summary>
/// <param name="folder">Where the emulator keeps its files; null when there are none.</param>
internal sealed class StoreScan(string connectionString, string? folder)
{
    private const int MostMessages = 32;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly TableServiceClient _tables = new(connectionString);
    private readonly QueueServiceClient _queues = new(connectionString);

    /// <summary>Nothing of somebody may be left. The emulator writes its files a moment later than it answers, so they may need another look.</summary>
    /// <param name="mark">What stands in every value of that person.</param>
    /// <param name="account">The account's id: what names it at all is gone from tables and queues; in the emulator's files a message that was deleted stands until it tidies up.</param>
    /// <returns>How much was looked at.</returns>
    /// <exception cref="DemoFailedException">Something is left.</exception>
    public async Task<(int Rows, int Messages, int Files)> SearchAsync(string mark, string account, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (left, rows, messages, files) = await LookAsync(mark, account, cancellation);
            if (left.Count == 0) return (rows, messages, files);
            DemoFailedException.Unless(TimeProvider.System.GetElapsedTime(began) < LongestWait, $"Something of Ada is left: {string.Join("; ", left.Distinct())}.");
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
        }
    }

    /// <returns>Where something of the person stands, and how many rows, messages and files were looked at.</returns>
    public async Task<(List<string> Found, int Rows, int Messages, int Files)> LookAsync(string mark, string account, CancellationToken cancellation)
    {
        string[] marks = [mark, account];
        var found = new List<string>();
        var (rows, messages) = (0, 0);
        await foreach (TableItem table in _tables.QueryAsync(cancellationToken: cancellation))
        {
            await foreach (var row in _tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: cancellation))
            {
                rows++;
                found.AddRange(row.Where(property => Holds(Convert.ToString(property.Value, CultureInfo.InvariantCulture), marks)).Select(property => $"table {table.Name}, {row.RowKey}: {property.Key}"));
            }
        }

        await foreach (QueueItem queue in _queues.GetQueuesAsync(cancellationToken: cancellation))
        {
            foreach (var message in (await _queues.GetQueueClient(queue.Name).PeekMessagesAsync(MostMessages, cancellation)).Value)
            {
                messages++;
                if (Holds(message.Body.ToString(), marks) || Holds(Decoded(message.Body.ToString()), marks)) found.Add($"queue {queue.Name}");
            }
        }

        var files = folder is null ? [] : Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            if (await HoldsAsync(file, mark, cancellation)) found.Add($"file {Path.GetFileName(file)}");
        }

        return (found, rows, messages, files.Length);
    }

    private static bool Holds(string? text, IEnumerable<string> marks) => text is not null && marks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));

    /// <summary>Messages are stored in Base64.</summary>
    private static string Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    /// <summary>A file may be replaced at this very moment: then it is to be looked at once more.</summary>
    private static async Task<bool> HoldsAsync(string file, string mark, CancellationToken cancellation)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var text = await reader.ReadToEndAsync(cancellation);
            return Holds(text, Spellings(mark));
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>As it is, and what is the same of its Base64 wherever in a text it begins.</summary>
    private static IEnumerable<string> Spellings(string mark)
    {
        yield return mark;
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', before) + mark)).TrimEnd('=');
            // The characters at both ends are mixed with what stands beside the mark.
            yield return encoded[(before == 0 ? 0 : before + 1)..^1];
        }
    }
}
