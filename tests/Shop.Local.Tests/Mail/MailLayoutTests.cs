using System.Text;
using Shop.Functions.Messages;
using Shop.Local.Tests.Pages;

namespace Shop.Local.Tests.Mail;

/// <summary>The shop's mails as a mail program shows them, on a telephone and on a desk, by day and by night.</summary>
public sealed class MailLayoutTests
{
    /// <summary>The narrowest letter and what it stands on; W3C asks for 4.5 to 1.</summary>
    private const string LowestContrast = """
        (() => {
          const parse = text => text.match(/[\d.]+/g).map(Number);
          const light = text => parse(text).slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if ((parse(c)[3] ?? 1) > 0) return c; } return 'rgb(255, 255, 255)'; };
          const words = [...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
          return String(Math.min(...words.map(e => [light(getComputedStyle(e).color), light(ground(e))].sort((a, b) => b - a)).map(([a, b]) => (a + .05) / (b + .05))));
        })()
        """;

    private static readonly string[] Names = ["received", "paid", "shipped", "delivered", "cancelled", "refunded", "invoiced", "erased"];

    [Fact]
    public async Task Every_mail_fits_a_telephone_and_a_desk_and_can_be_read_by_day_and_by_night()
    {
        Assert.SkipWhen(Chromium.Path is null, "This test drives a browser: install chromium (apt-get install chromium).");
        await using var browser = await Chromium.StartAsync();
        foreach (var (width, isDark) in new[] { (375, false), (800, true) })
        {
            await browser.SizeAsync(width, isDark);
            foreach (var name in Names)
            {
                var what = $"{name} at {width} px";
                await browser.GoToAsync(new Uri("data:text/html;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(Written(name, what)))));
                await browser.WaitAsync($"document.readyState === 'complete' && document.title === '{what}'");
                (await browser.TextAsync("String(document.documentElement.scrollWidth <= document.documentElement.clientWidth)")).ShouldBe("true", $"{what} needs no scrolling sideways");
                (await browser.TextAsync("String(document.querySelector('.card').offsetWidth === Math.min(document.documentElement.clientWidth, 600))")).ShouldBe("true", $"{what} is as wide as it may be");
                double.Parse(await browser.TextAsync(LowestContrast), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(4.5, what);
            }
        }

        browser.Complaints.ShouldBeEmpty();
    }

    /// <summary>With the longest words there are.</summary>
    private static string Written(string name, string subject)
    {
        var isWhole = name is "received" or "paid";
        return MailTemplates.Write(name, new()
        {
            Subject = subject,
            Shop = "Example Server Rooms Ltd",
            Postal = "1 Example Street, London, N1 1AA",
            Contact = new string('d', 60) + "@example.com",
            Reason = "You get this mail because of an order that you have placed with us.",
            Name = new string('N', 100),
            Number = "7K2Q-M9XD-4TFA",
            PlacedOn = "29 November 2026",
            PayBefore = "30 November 2026, 14:05",
            When = "29 November 2026",
            Amount = "£1,234,567.89",
            Lines = isWhole || name is "shipped" or "delivered"
                ? [new(1_000, new string('W', 200), new string('S', 64), isWhole ? "£1,234,567.89" : null), new(1, "Power for Server Rooms", "BOOK-POWER", isWhole ? "£24.99" : null)]
                : null,
            Net = isWhole ? "£1,028,806.58" : null,
            Vat = isWhole ? "£205,761.31" : null,
            Total = isWhole ? "£1,234,567.89" : null,
            Carrier = new string('C', 50),
            TrackingNumber = new string('0', 50),
            Document = "2026-000001",
            Kept = "2 orders",
            KeptUntil = "31 March 2033",
            Reference = new string('f', 32),
            Link = "https://api.example.com/api/tracking?link=" + new string('a', 300),
        }).Html;
    }
}
