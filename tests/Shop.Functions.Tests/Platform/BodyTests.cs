using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Tests.Platform;

public sealed partial class BodyTests
{
    [Theory]
    [InlineData("""{"name":"x"}""", null)]
    [InlineData("""{"name":"x","age":1}""", "age")]
    [InlineData("""{"name":"x","name":"y"}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("{}", "name")]
    [InlineData("null", "$")]
    [InlineData("", "$")]
    [InlineData("""{"name":"x"} trailing""", "$")]
    [InlineData("""{"name":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}""", "$")]
    public async Task Only_what_was_asked_for_is_accepted(string json, string? wrong)
    {
        var (value, problem) = await Read(Encoding.UTF8.GetBytes(json));
        if (wrong is null) value!.Name.ShouldBe("x");
        else (problem!.Status, problem.Errors!.Keys.ShouldHaveSingleItem()[..1]).ShouldBe((400, wrong[..1]));
    }

    [Fact]
    public async Task The_mark_of_utf8_before_the_text_is_no_part_of_it() =>
        (await Read([.. Encoding.UTF8.Preamble, .. """{"name":"x"}"""u8])).Value!.Name.ShouldBe("x");

    [Fact]
    public async Task Broken_utf8_is_no_json() => (await Read([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8])).Problem!.Status.ShouldBe(400);

    [Fact]
    public async Task A_body_past_the_limit_is_not_read_on()
    {
        var body = new MemoryStream(new byte[Body.JsonLimit * 4]);
        var request = Request(body);
        (await Body.ReadBytesAsync(request, Body.JsonLimit, TestContext.Current.CancellationToken)).ShouldBeNull();
        body.Position.ShouldBeLessThanOrEqualTo(Body.JsonLimit + 1);
    }

    [Fact]
    public async Task Exactly_the_limit_is_read_whole() =>
        (await Body.ReadBytesAsync(Request(new MemoryStream(new byte[1000])), 1000, TestContext.Current.CancellationToken))!.Value.Length.ShouldBe(1000);

    [Fact]
    public async Task Another_content_type_is_415()
    {
        var request = Request(new MemoryStream("{}"u8.ToArray()));
        request.ContentType = "text/plain";
        (await Body.ReadJsonAsync(request, BodyJson.Web.Type<Named>(), check: null, TestContext.Current.CancellationToken)).Problem!.Status.ShouldBe(415);
    }

    private static Task<(Named? Value, Problem? Problem)> Read(byte[] bytes) =>
        Body.ReadJsonAsync(Request(new MemoryStream(bytes)), BodyJson.Web.Type<Named>(), check: null, TestContext.Current.CancellationToken);

    private static HttpRequest Request(Stream body) => new DefaultHttpContext { Request = { Body = body, ContentType = "application/json" } }.Request;

    internal sealed record Named(string Name);

    [JsonSerializable(typeof(Named))]
    internal sealed partial class BodyJson : JsonSerializerContext
    {
        public static BodyJson Web { get; } = new(Functions.Platform.Http.Json.Strict());
    }
}
