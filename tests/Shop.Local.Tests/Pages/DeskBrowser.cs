namespace Shop.Local.Tests.Pages;

/// <summary>A browser in which somebody is at a desk.</summary>
/// <param name="desk">As its address names it.</param>
internal sealed class DeskBrowser(BrowserShop running, Chromium browser, string desk)
{
    /// <summary>Signs in as the desk offers it: the role is ticked already.</summary>
    public async Task SignInAsync(string email)
    {
        await browser.SizeAsync(1200);
        await browser.GoToAsync(new Uri(running.Shop.Host.Address, $"desks#/{desk}"));
        // Of a page that is here already, another fragment is no other page: it must have been shown.
        await browser.WaitAsync("location.hash.length > 2 && document.querySelector('main > .lead + p')");
        await browser.ClickAsync("main > button");
        await browser.TypeAsync("#email", email);
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('.pages')");
    }

    /// <summary>Another page of the desks, until it has what the selector finds.</summary>
    public async Task GoToAsync(string page, string shown)
    {
        await browser.WaitAsync($"(document.querySelector('main').replaceChildren(), location.hash = '#/{page}', true)");
        await browser.WaitAsync($"document.querySelector({System.Text.Json.JsonSerializer.Serialize(shown)})");
    }

    /// <summary>Presses a button that asks once more, and then says yes.</summary>
    public async Task DoForSureAsync(string button)
    {
        await browser.ClickAsync(button);
        await browser.ClickAsync("button.danger");
    }

    /// <summary>By day on a desk and by night on a telephone.</summary>
    public async Task LookAtAsync(string page)
    {
        foreach (var (width, isDark) in new[] { (375, true), (1200, false) })
        {
            await browser.SizeAsync(width, isDark);
            await running.LookAtAsync(browser, $"{page} at {width} px");
        }
    }

    public Task PictureAsync() => browser.KeepPictureAsync($"desks/{desk}.png");
}
