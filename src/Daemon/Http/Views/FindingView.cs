using Net.Api.Daemons;
using Net.Cnm.Findings;

namespace Net.Daemon.Http.Views;

/// <summary>Turns findings into documents.</summary>
internal static class FindingView
{
    public static IReadOnlyList<FindingEntry> Of(IReadOnlyList<Finding> findings) =>
    [
        .. findings.Select(finding => new FindingEntry
        {
            Kind = finding.Kind,
            Grade = finding.Grade == FindingGrade.Error ? "error" : "note",
            Object = finding.Object,
            Cause = finding.Cause,
            Look = finding.Look,
            Remedy = finding.Remedy,
            IsMended = finding.Repair is not null,
        }),
    ];
}
