using System.Collections.Immutable;
using System.Net;

namespace Shop.Local.Storm;

/// <summary>The person who watches over the shop: sends back what was set aside while something was away.</summary>
public sealed class StormOperator(StormShop shop, StormCalls calls, StormPerson operations)
{
    private readonly List<StatedLetter> _sentBack = [];

    /// <summary>What was set aside because of the storm, and sent back.</summary>
    public IReadOnlyList<StatedLetter> SentBack => _sentBack;

    /// <summary>How many there were beside them, or failed once more, when it was looked last.</summary>
    public int Others { get; private set; }

    /// <summary>To be called when nothing is away any more.</summary>
    /// <returns>What is wrong, one line for each: messages that the storm is no reason for, and those that failed once more after it.</returns>
    public async Task<IReadOnlyList<string>> SendBackAsync(CancellationToken cancellation)
    {
        var wrong = new List<string>();
        foreach (var letter in await LettersAsync(cancellation))
        {
            if (!letter.IsExpected || _sentBack.Any(other => other.Id == letter.Id))
            {
                wrong.Add($"{letter.Id} is a dead letter{(letter.IsExpected ? " again" : "")}: {letter.Reason}");
                continue;
            }

            (await calls.PostAsync(new Uri(shop.Api, $"api/operations/dead-letters/{letter.Id}/redrive"), operations, null, null, cancellation)).Must(HttpStatusCode.Accepted);
            _sentBack.Add(letter);
        }

        Others = wrong.Count;
        return wrong;
    }

    /// <returns>How many events the shop found in the providers' lists that no webhook had brought.</returns>
    public async Task<long> FoundAsync(CancellationToken cancellation)
    {
        var answer = (await calls.GetAsync(new Uri(shop.Api, "api/operations/reconciliation"), operations, cancellation)).Must(HttpStatusCode.OK);
        return answer.Body!["items"]!.AsArray().Sum(item => item!["found"]!.GetValue<long>());
    }

    private async Task<ImmutableArray<StatedLetter>> LettersAsync(CancellationToken cancellation)
    {
        var letters = ImmutableArray.CreateBuilder<StatedLetter>();
        var next = default(string);
        do
        {
            var query = next is null ? "" : $"&continuation={Uri.EscapeDataString(next)}";
            var page = (await calls.GetAsync(new Uri(shop.Api, $"api/operations/dead-letters?limit=50{query}"), operations, cancellation)).Must(HttpStatusCode.OK);
            letters.AddRange(page.Body!["items"]!.AsArray().Select(item => new StatedLetter(
                item!["id"]!.GetValue<string>(), item["queue"]!.GetValue<string>(), item["why"]?.GetValue<string>())));
            next = page.Body["continuation"]?.GetValue<string>();
        }
        while (next is not null);
        return letters.ToImmutable();
    }
}
