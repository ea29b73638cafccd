using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.Storm;

/// <summary>
/// Makes calls the way clients do that must not lose anything: the same request again while nobody answers (the shop is dead or
/// starting) or the answer is that it cannot be done now. Every request it makes is safe to repeat.
/// </summary>
public sealed class StormCalls(StormTimings timings) : IDisposable
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    public Task<Answered> GetAsync(Uri url, StormPerson? person, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, url), person, cancellation);

    public Task<Answered> PostAsync(Uri url, StormPerson? person, object? body, string? key, CancellationToken cancellation) =>
        SendAsync(() => Json(HttpMethod.Post, url, body, "Idempotency-Key", key), person, cancellation);

    /// <param name="onlyNew">Whether there must be nothing there.</param>
    public Task<Answered> PutAsync(Uri url, StormPerson? person, object? body, CancellationToken cancellation, bool onlyNew = false) =>
        SendAsync(() => Json(HttpMethod.Put, url, body, "If-None-Match", onlyNew ? "*" : null), person, cancellation);

    public Task<Answered> DeleteAsync(Uri url, StormPerson? person, CancellationToken cancellation) => SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, url), person, cancellation);

    /// <summary>A form of a sandbox's page or control API.</summary>
    public Task<Answered> FormAsync(Uri url, CancellationToken cancellation, params (string Name, string Value)[] fields) =>
        SendAsync(() => Form(url, fields), null, cancellation);

    /// <summary>One try, for what would happen twice if it were asked for twice.</summary>
    /// <returns>Null when there is no answer: it may have happened.</returns>
    public async Task<Answered?> FormOnceAsync(Uri url, CancellationToken cancellation, params (string Name, string Value)[] fields)
    {
        using var request = Form(url, fields);
        return await TryAsync(request, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Json(HttpMethod method, Uri url, object? body, string header, string? value)
    {
        var request = new HttpRequestMessage(method, url);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (value is not null) request.Headers.Add(header, value);
        return request;
    }

    private static HttpRequestMessage Form(Uri url, (string Name, string Value)[] fields) =>
        new(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };

    private async Task<Answered> SendAsync(Func<HttpRequestMessage> build, StormPerson? person, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var request = build();
            if (person is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await person.TokenAsync(cancellation));
            var answer = await TryAsync(request, cancellation);
            if (answer is { IsForGood: true }) return answer;
            if (answer is { Status: HttpStatusCode.Unauthorized }) person?.Forget();
            if (TimeProvider.System.GetElapsedTime(began) > LongestTry)
                throw new StormFailedException($"{request.Method} {request.RequestUri} has no answer after {LongestTry.TotalMinutes:0} minutes, at last {answer?.Status.ToString() ?? "none at all"}.");
            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }

    private async Task<Answered?> TryAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
            var answer = new Answered(response.StatusCode, isJson && text.Length > 0 ? JsonNode.Parse(text) : null);
            timings.Note(request.Method, request.RequestUri!, TimeProvider.System.GetElapsedTime(began), answer.IsForGood);
            return answer;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            // The shop was killed, or is not there yet.
            timings.NoteUnanswered(request.Method, request.RequestUri!);
            return null;
        }
    }
}
