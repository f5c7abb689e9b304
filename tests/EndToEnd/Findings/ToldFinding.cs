namespace Net.Tests.EndToEnd.Findings;

/// <summary>A finding as doctor prints it: a line of its kind, what suffers and why, and two lines with commands.</summary>
internal sealed record ToldFinding(string Kind, string Object, string Cause, string Look, string Remedy, bool IsNote)
{
    private const string Note = "note: ";
    private const string See = "    see:  ";
    private const string Mend = "    mend: ";

    /// <summary>What doctor finds on a host, without differences.</summary>
    public static IReadOnlyList<ToldFinding> AllOf(TestHost host) => AllOf(host.Netctl("doctor"));

    /// <summary>Waits until doctor finds one thing alone, of this kind, and exits as it should; demands that the command which shows it can
    /// be run.</summary>
    public static ToldFinding Only(TestHost host, string kind, string subject)
    {
        IReadOnlyList<ToldFinding> all = [];
        int exit = -1; // of the same look: what a bridge has learnt last, for one, may be otherwise at the next
        TestHost.Eventually(
            $"doctor finds {kind} for {subject} alone; it says {host.Netctl("doctor")}",
            () =>
            {
                Output doctor = host.Netctl("doctor");
                (all, exit) = (AllOf(doctor), doctor.ExitCode);
                return all is [var one] && one.Kind == kind;
            });
        ToldFinding found = all[0];
        Output look = host.Run("sh", "-c", Runnable(found.Look));
        Assert.True(look.ExitCode == 0 && look.StandardOutput.Length > 0, $"{found.Look}: {look}");
        Assert.Equal((kind, subject), (found.Kind, found.Object));
        Assert.Equal(found.IsNote ? 0 : 1, exit);
        return found;
    }

    /// <summary>Carries out what doctor says mends it, and demands that doctor finds nothing then.</summary>
    public void Follow(TestHost host)
    {
        host.Shell(Runnable(Remedy));
        host.DoctorIsContent();
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }

    private static IReadOnlyList<ToldFinding> AllOf(Output doctor)
    {
        string[] lines = doctor.StandardOutput.Split('\n');
        return
        [
            .. lines.Select((line, i) => (line, i)).Where(entry => entry.line.StartsWith(See, StringComparison.Ordinal))
                .Select(entry => Of(lines[entry.i - 1], entry.line, lines[entry.i + 1])),
        ];
    }

    // netctl is not among the programs of the host.
    private static string Runnable(string command) =>
        command.StartsWith("netctl ", StringComparison.Ordinal) ? $"\"$NETCTL\" {command["netctl ".Length..]}" : command;

    private static ToldFinding Of(string head, string look, string remedy)
    {
        bool isNote = head.StartsWith(Note, StringComparison.Ordinal);
        string[] parts = (isNote ? head[Note.Length..] : head).Split(": ", 3);
        return new ToldFinding(parts[0], parts[1], parts[2], look[See.Length..], remedy[Mend.Length..], isNote);
    }
}
