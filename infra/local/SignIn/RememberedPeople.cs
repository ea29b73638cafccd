using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.SignIn;

/// <summary>
/// Who has signed in with which browser: a page that keeps its tokens in memory asks with <c>prompt=none</c> when it is opened
/// again. The browser's cookie holds a random number, ends with the browser, and goes to the authority alone.
/// </summary>
/// <param name="path">Under which the authority answers: cookies know no ports, and the shop is on this machine as well.</param>
internal sealed class RememberedPeople(string path)
{
    private const string Cookie = "sign-in";

    private readonly ConcurrentDictionary<string, Person> _people = new();

    private CookieOptions Options => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = path };

    public void Remember(HttpContext context, Person person)
    {
        Forget(context);
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _people[id] = person;
        context.Response.Cookies.Append(Cookie, id, Options);
    }

    public Person? Of(HttpContext context) => context.Request.Cookies[Cookie] is { } id ? _people.GetValueOrDefault(id) : null;

    public void Forget(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } id) return;
        _people.TryRemove(id, out _);
        context.Response.Cookies.Delete(Cookie, Options);
    }
}
