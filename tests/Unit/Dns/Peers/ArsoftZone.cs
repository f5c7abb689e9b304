using System.Globalization;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;
using Net.Tests.TestKit.Dns;

namespace Net.Tests.Unit.Dns.Peers;

/// <summary>What the ARSoft server of the tests answers: the zone example.org, with a name for each thing that can happen.</summary>
internal sealed class ArsoftZone
{
    /// <summary>A name with a record of every type.</summary>
    internal const string Every = "every.example.org";

    /// <summary>TXT records of more than 1232 bytes and less than 4096.</summary>
    internal const string Big = "big.example.org";

    /// <summary>TXT records of more bytes than any datagram that is asked for.</summary>
    internal const string Huge = "huge.example.org";

    /// <summary>NXDOMAIN.</summary>
    internal const string Missing = "missing.example.org";

    /// <summary>NOERROR without a record.</summary>
    internal const string Empty = "empty.example.org";

    /// <summary>SERVFAIL.</summary>
    internal const string Failing = "failing.example.org";

    /// <summary>The first query gets no response.</summary>
    internal const string Second = "second.example.org";

    /// <summary>A TXT record that tells the UDP payload size and the DO bit of the query.</summary>
    internal const string Echo = "echo.example.org";

    internal const int Ttl = 300;

    private int _askedForSecond;

    internal ArsoftZone()
    {
        var random = new Random(7);
        Records = new ArsoftRecords(random.Next).OneOfEach(DomainName.Parse(Every));
    }

    /// <summary>The records of <see cref="Every"/>.</summary>
    internal IReadOnlyList<DnsRecordBase> Records { get; }

    internal static SoaRecord Authority { get; } = new(
        DomainName.Parse("example.org"), 3600, DomainName.Parse("ns.example.org"), DomainName.Parse("admin.example.org"),
        2026, 7200, 600, 86400, 60);

    internal DnsMessage? Answer(DnsMessage query)
    {
        DnsMessage response = query.CreateResponseInstance();
        response.IsRecursionAllowed = true;
        DnsQuestion question = query.Questions[0];
        string name = question.Name.ToString(asAbsoluteFqdn: false).TrimEnd('.');
        switch (name)
        {
            case Every:
                response.AnswerRecords.AddRange(Records.Where(record => record.RecordType == question.RecordType));
                break;
            case Big:
                response.AnswerRecords.AddRange(Texts(question.Name, 15));
                break;
            case Huge:
                response.AnswerRecords.AddRange(Texts(question.Name, 100));
                break;
            case Second when Interlocked.Increment(ref _askedForSecond) == 1:
                return null;
            case Echo:
                string size = query.EDnsOptions?.UdpPayloadSize.ToString(CultureInfo.InvariantCulture) ?? "none";
                response.AnswerRecords.Add(new TxtRecord(question.Name, Ttl, $"{size} {query.IsDnsSecOk}"));
                break;
            case Failing:
                response.ReturnCode = ReturnCode.ServerFailure;
                break;
            case Missing or Empty:
                response.ReturnCode = name == Missing ? ReturnCode.NxDomain : ReturnCode.NoError;
                response.AuthorityRecords.Add(Authority);
                break;
            default:
                response.AnswerRecords.Add(new TxtRecord(question.Name, Ttl, "any"));
                break;
        }

        return response;
    }

    private static IEnumerable<TxtRecord> Texts(DomainName owner, int count) =>
        Enumerable.Range(100, count).Select(i => new TxtRecord(owner, Ttl, i + new string('x', 100)));
}
