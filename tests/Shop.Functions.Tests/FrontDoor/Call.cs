using System.Net.Http.Headers;
using System.Text;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>Requests whose every byte and header a test decides.</summary>
public static class Call
{
    public static Task<HttpResponseMessage> CallAsync(
        this HttpClient client, string method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue(name);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> GetAsync(this HttpClient client, string path, string ifNoneMatch) =>
        client.CallAsync("GET", path, null, ("If-None-Match", ifNoneMatch));

    public static HttpContent Json(string text) => Json(Encoding.UTF8.GetBytes(text));

    public static HttpContent Json(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    public static string Tag(this HttpResponseMessage response) => response.Headers.ETag.ShouldNotBeNull().ToString();

    public static Task<string> TextAsync(this HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static async Task ShouldBeUnchangedAsync(this HttpResponseMessage response, string tag)
    {
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotModified);
        response.Tag().ShouldBe(tag);
        (await response.TextAsync()).ShouldBeEmpty();
    }
}
