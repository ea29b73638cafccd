using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.Commands;

/// <summary>Prints a bearer token from the running shop's sign-in authority, and nothing else.</summary>
public static class TokenCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        if (arguments.As is null) throw new LocalSetupException("Say who: token --as ada@example.com.");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{arguments.Ports.SignIn}") };
        Console.WriteLine(await FetchAsync(http, arguments.As, arguments.Name, arguments.Roles, CancellationToken.None));
        return 0;
    }

    /// <exception cref="LocalSetupException">The authority is not there, or does not give out such a token.</exception>
    public static async Task<string> FetchAsync(HttpClient signIn, string email, string? name, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        try
        {
            var response = await signIn.PostAsJsonAsync("token-for", new { email, name, roles }, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode && JsonNode.Parse(body)?["access_token"]?.GetValue<string>() is { } token
                ? token
                : throw new LocalSetupException($"No token from {signIn.BaseAddress}, which answered {(int)response.StatusCode}: {body.ReplaceLineEndings(" ")}");
        }
        catch (JsonException)
        {
            throw new LocalSetupException($"What answers at {signIn.BaseAddress} is no sign-in authority: look at --port-base.");
        }
        catch (HttpRequestException)
        {
            throw new LocalSetupException($"No shop answers at {signIn.BaseAddress}: start it first with `dotnet run --project infra/local`, with the same --port-base.");
        }
    }
}
