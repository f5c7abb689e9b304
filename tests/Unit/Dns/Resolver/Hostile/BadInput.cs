using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Hostile;

/// <summary>Messages that nobody should send, and what is due for each. All have the id 0x1234.</summary>
internal static class BadInput
{
    private const string Web = "0377656200";
    private const string Rest = "00010001";
    private const string Opt = "00" + "0029" + "0200" + "00000000" + "0000";
    private const string Label63 = "3f"
        + "6161616161616161616161616161616161616161616161616161616161616161"
        + "61616161616161616161616161616161616161616161616161616161616161";

    /// <summary>What, the message, and the code that is due; null for silence.</summary>
    internal static IEnumerable<(string What, byte[] Message, DnsResponseCode? Due)> All =>
        [.. Lengths, .. Kinds, .. NameForms, .. CountsThatLie, .. Records, .. Opcodes];

    private static IEnumerable<(string, byte[], DnsResponseCode?)> Lengths =>
    [
        ("nothing", [], null),
        ("one byte", [0x12], null),
        ("an id alone", [0x12, 0x34], DnsResponseCode.FormatError),
        ("eleven bytes of a header", new byte[] { 0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0 }, DnsResponseCode.FormatError),
        ("a header alone", Samples.Message(""), DnsResponseCode.FormatError),
        ("a byte behind the end", Samples.Message(Web + Rest + "00"), DnsResponseCode.FormatError),
        ("4097 bytes", Samples.Message(Web + Rest + new string('0', 2 * (4097 - 21))), DnsResponseCode.FormatError),
        ("60,000 bytes", Samples.Message(Web + Rest + new string('f', 2 * (60_000 - 21))), DnsResponseCode.FormatError),
    ];

    private static IEnumerable<(string, byte[], DnsResponseCode?)> Kinds =>
    [
        ("a response", Samples.Message(Web + Rest, flags: 0x8180), null),
        ("a response that is broken", Samples.Message("ff", flags: 0x8180), null),
        ("three bytes of a response", [0x12, 0x34, 0x80], null),
        ("class CH", Samples.Message(Web + "00100003"), DnsResponseCode.Refused),
        ("class ANY", Samples.Message(Web + "000100ff"), DnsResponseCode.Refused),
        ("class 0", Samples.Message(Web + "00010000"), DnsResponseCode.Refused),
        ("type 0", Samples.Message(Web + "00000001"), DnsResponseCode.NoError),
        ("type 65535", Samples.Message(Web + "ffff0001"), DnsResponseCode.NoError),
        ("type OPT", Samples.Message(Web + "00290001"), DnsResponseCode.NoError),
        ("a zone transfer of ours", Samples.Message(Web + "00fc0001"), DnsResponseCode.NoError),
        ("a zone transfer", Samples.Message("03636f6d00" + "00fc0001"), DnsResponseCode.Refused),
        ("two questions", Samples.Message(Web + Rest + Web + Rest, questions: 2), DnsResponseCode.FormatError),
        ("no question", Samples.Message("", questions: 0), DnsResponseCode.FormatError),
    ];

    private static IEnumerable<(string, byte[], DnsResponseCode?)> NameForms =>
    [
        (
            "a name of 255 bytes",
            Samples.Message(Label63 + Label63 + Label63 + "3d" + Label63[2..124] + "00" + Rest),
            DnsResponseCode.NameError),
        (
            "a name of 256 bytes",
            Samples.Message(Label63 + Label63 + Label63 + "3e" + Label63[2..126] + "00" + Rest),
            DnsResponseCode.FormatError),
        ("a label of 63 bytes", Samples.Message(Label63 + "00" + Rest), DnsResponseCode.NameError),
        ("a label of 64 bytes", Samples.Message("40" + new string('6', 128) + "00" + Rest), DnsResponseCode.FormatError),
        ("a label of type 10", Samples.Message("80" + "00" + Rest), DnsResponseCode.FormatError),
        ("a name without an end", Samples.Message("03776562"), DnsResponseCode.FormatError),
        ("labels that are not ASCII", Samples.Message("06" + "62c3bc636865" + "00" + Rest), DnsResponseCode.NameError),
        ("labels of zero bytes and dots", Samples.Message("04" + "002e005c" + "00" + Rest), DnsResponseCode.NameError),
        ("a pointer to itself", Samples.Message("c00c" + Rest), DnsResponseCode.FormatError),
        ("a pointer into the header", Samples.Message("c000" + Rest), DnsResponseCode.FormatError),
        ("a pointer forward", Samples.Message("c00e" + "00" + Rest), DnsResponseCode.FormatError),
        ("a pointer beyond the end", Samples.Message("ffff" + Rest), DnsResponseCode.FormatError),
        ("the root", Samples.Message("00" + Rest), DnsResponseCode.NameError),
    ];

    private static IEnumerable<(string, byte[], DnsResponseCode?)> CountsThatLie =>
    [
        ("65535 questions", Samples.Message(Web + Rest, questions: 65535), DnsResponseCode.FormatError),
        ("65535 answers", Samples.Message(Web + Rest, answers: 65535), DnsResponseCode.FormatError),
        ("65535 additional", Samples.Message(Web + Rest + Opt, additional: 65535), DnsResponseCode.FormatError),
        ("fewer records than are there", Samples.Message(Web + Rest + Opt), DnsResponseCode.FormatError),
        (
            "an RDATA beyond the end",
            Samples.Message(Web + Rest + "00" + "0029" + "0200" + "00000000" + "ffff", additional: 1),
            DnsResponseCode.FormatError),
    ];

    private static IEnumerable<(string, byte[], DnsResponseCode?)> Records =>
    [
        ("two OPT", Samples.Message(Web + Rest + Opt + Opt, additional: 2), DnsResponseCode.FormatError),
        ("OPT among the answers", Samples.Message(Web + Rest + Opt, answers: 1), DnsResponseCode.FormatError),
        ("OPT of a name", Samples.Message(Web + Rest + "0161" + Opt, additional: 1), DnsResponseCode.FormatError),
        ("OPT of a pointer to the root", Samples.Message(Web + Rest + "c010" + Opt[2..], additional: 1), DnsResponseCode.FormatError),
        (
            "EDNS version 1",
            Samples.Message(Web + Rest + "00" + "0029" + "0200" + "00010000" + "0000", additional: 1),
            DnsResponseCode.BadVersion),
        (
            "EDNS version 255",
            Samples.Message(Web + Rest + "00" + "0029" + "0200" + "00ff0000" + "0000", additional: 1),
            DnsResponseCode.BadVersion),
        (
            "an OPT whose options are no options",
            Samples.Message(Web + Rest + "00" + "0029" + "0200" + "00000000" + "0003" + "ffffff", additional: 1),
            DnsResponseCode.NoError),
        (
            "an answer in a query",
            Samples.Message(Web + Rest + "c00c" + "00010001" + "00000005" + "0004" + "01020304", answers: 1),
            DnsResponseCode.NoError),
    ];

    private static IEnumerable<(string, byte[], DnsResponseCode?)> Opcodes => Enumerable.Range(1, 15).SelectMany(static opcode =>
        new (string, byte[], DnsResponseCode?)[]
        {
            ($"opcode {opcode}", Samples.Message(Web + Rest, flags: (ushort)(opcode << 11)), DnsResponseCode.NotImplemented),
            ($"opcode {opcode}, broken", Samples.Message("ff", flags: (ushort)(opcode << 11)), DnsResponseCode.NotImplemented),
            ($"opcode {opcode}, a response", Samples.Message(Web + Rest, flags: (ushort)((opcode << 11) | 0x8000)), null),
        });
}
