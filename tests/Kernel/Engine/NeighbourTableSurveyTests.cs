using Net.Cnm.Findings;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>How full the tables of neighbours are said to be: without permanent entries, which the kernel's limit is not for.</summary>
public sealed class NeighbourTableSurveyTests
{
    // Tests that run at the same time have entries in the same tables; those are far fewer.
    private const int Many = 2000;
    private const int Few = 800;

    [KernelFact]
    public void Permanent_entries_are_left_out_those_of_the_host_and_those_in_sandboxes() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        (long before, long beforeInAll) = (Entries(lab), Printed());
        Put(["ip", "-batch", "-"], "br-aaaaaaaaaaaa");
        Put(["ip", "-n", "web", "-batch", "-"], "eth0");
        Assert.InRange(Printed() - beforeInAll, (2 * Many) - Few, (2 * Many) + Few);
        Assert.InRange(Entries(lab) - before, -Few, Few);
    });

    private static void Put(string[] ip, string link)
    {
        string entries = string.Concat(Enumerable.Range(0, Many)
            .Select(i => $"neigh replace 172.18.{100 + (i / 200)}.{1 + (i % 200)} lladdr 02:00:00:00:00:01 dev {link} nud permanent\n"));
        CommandResult put = Command.RunWithInput(entries, ip[0], ip[1..]);
        Assert.True(put.ExitCode == 0, put.Error);
    }

    private static long Entries(Lab lab) => lab.Engine.Survey(new SurveyRequest { Desired = [.. lab.Shape.All] })
        .NeighbourTables.Single(table => !table.IPv6).Entries;

    private static long Printed()
    {
        string[] words = Command.Run("ip -4 -s ntable show name arp_cache").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[Array.IndexOf(words, "entries") + 1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
