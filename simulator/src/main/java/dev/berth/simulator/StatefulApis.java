package dev.berth.simulator;

import static java.util.Map.entry;

import java.util.Map;

/** The APIs that keep state, by path; every other API of the catalogue gives its documented example. */
final class StatefulApis {
    static final Map<String, Api> BY_PATH = Map.ofEntries(
            entry("/cgi-bin/ticket/getticket", Tickets::get),
            entry("/wxa/checksession", SessionKeyApis::check),
            entry("/wxa/resetusersessionkey", SessionKeyApis::reset),
            entry("/wxa/business/getuserphonenumber", OpenDataApis::phoneNumber),
            entry("/wxa/getopendata", OpenDataApis::openData),
            entry("/wxaapi/newtmpl/addtemplate", TemplateApis::add),
            entry("/wxaapi/newtmpl/deltemplate", TemplateApis::delete),
            entry("/wxaapi/newtmpl/gettemplate", TemplateApis::list),
            entry("/wxaapi/newtmpl/getcategory", TemplateApis::categories),
            entry("/wxaapi/newtmpl/getpubtemplatetitles", TemplateApis::titles),
            entry("/wxaapi/newtmpl/getpubtemplatekeywords", TemplateApis::keywords),
            entry("/cgi-bin/message/subscribe/send", SubscribeMessageApis::send),
            entry("/cgi-bin/message/subscribe/bizsend", SubscribeMessageApis::send),
            entry("/cgi-bin/message/custom/send", CustomerMessageApis::send),
            entry("/cgi-bin/message/custom/typing", CustomerMessageApis::typing),
            entry("/cgi-bin/media/upload", MediaApis::upload),
            entry("/cgi-bin/media/get", MediaApis::download),
            entry("/wxa/msg_sec_check", ContentCheckApis::text),
            entry("/wxa/img_sec_check", ContentCheckApis::image),
            entry("/wxa/media_check_async", ContentCheckApis::mediaLater),
            entry("/wxa/getwxacode", CodeApis::miniProgramCode),
            entry("/wxa/getwxacodeunlimit", CodeApis::unlimited),
            entry("/cgi-bin/wxaapp/createwxaqrcode", CodeApis::qrCode),
            entry("/wxa/generatescheme", LinkApis::scheme),
            entry("/wxa/generate_urllink", LinkApis::urlLink),
            entry("/wxa/genwxashortlink", LinkApis::shortLink),
            entry("/wxa/queryscheme", LinkApis::queryScheme),
            entry("/wxa/query_urllink", LinkApis::queryUrlLink));

    private StatefulApis() {}
}
