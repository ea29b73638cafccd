using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace Shop.Local.Tests.Host;

public sealed class Things
{
    [Function("GetThing")]
    public IResult Get([HttpTrigger(Anonymous, "get", Route = "things/{id:int}")] HttpRequest request, int id) =>
        Results.Text($"number {id}");

    [Function("NamedThing")]
    public static IResult GetNamed(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "things/{name}")] HttpRequest request, string name) => Results.Text($"name {name}");

    [Function("PostThing")]
    public ValueTask<IResult> Post([HttpTrigger(Anonymous, "post", Route = "things/{id:int}")] HttpRequest request) =>
        new(Results.Accepted());

    [Function("ListThings")]
    public Task<IResult> List([HttpTrigger(Anonymous, "get", Route = "list/{page:int?}")] HttpRequest request, int page = 1) =>
        Task.FromResult(Results.Text($"page {page}"));

    [Function("ByName")]
    public IResult ByName([HttpTrigger(Anonymous)] HttpRequest request) => Results.Text("by name");
}

public sealed class Shelves
{
    [Function("AnyShelf")]
    public IResult Any([HttpTrigger(Anonymous, "get", Route = "shelves/{name}")] HttpRequest request) => Results.Text("any shelf");

    [Function("TopShelf")]
    public IResult Top([HttpTrigger(Anonymous, "get", Route = "shelves/top")] HttpRequest request) => Results.Text("the top shelf");

    [Function("ZRest")]
    public IResult Rest([HttpTrigger(Anonymous, Route = "{*path}")] HttpRequest request) => Results.Text("the rest");
}

public sealed class Values
{
    [Function("Values")]
    public IResult All(
        [HttpTrigger(Anonymous, "get", Route = "values/{id}/{count}/{large}/{flag}/{day}/{text}")] HttpRequest request,
        Guid id, int count, long large, bool flag, DateTime day, string text) => Results.Text($"{id}|{count}|{large}|{flag}|{day:yyyy-MM-dd}|{text}");

    [Function("Body")]
    public IResult Body([HttpTrigger(Anonymous, "post", Route = "body")] HttpRequest request, [FromBody] Thing thing) =>
        Results.Text($"{thing.Name} {thing.Units}");
}

public sealed record Thing(string Name, int Units);
