#ifndef KB_CCURL_SHIM_H
#define KB_CCURL_SHIM_H

#include <curl/curl.h>
#include <dlfcn.h>
#include <string.h>

// libcurl is opened when the first mail is sent: linked in, its two dozen libraries would slow the start of every command.
// Its options are variadic, which Swift cannot call; so one whole delivery is here.

struct kb_mail_text {
    const char *bytes;
    size_t left;
};

static size_t kb_mail_read(char *buffer, size_t size, size_t count, void *given) {
    struct kb_mail_text *text = (struct kb_mail_text *)given;
    size_t n = size * count < text->left ? size * count : text->left;
    memcpy(buffer, text->bytes, n);
    text->bytes += n;
    text->left -= n;
    return n;
}

/// Sends one message by SMTP. Returns 0, or 1 with a reason of at most 255 bytes.
/// With a password the connection is encrypted or not made at all.
static inline int kb_mail_send(const char *url, const char *user, const char *password, const char *from,
                               const char *const *recipients, int count, const char *bytes, size_t length, char *reason) {
    reason[0] = 0;
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        strcpy(reason, "libcurl is not installed (scripts/setup)");
        return 1;
    }
    CURL *(*init)(void) = (CURL * (*)(void)) dlsym(library, "curl_easy_init");
    CURLcode (*set)(CURL *, CURLoption, ...) = (CURLcode(*)(CURL *, CURLoption, ...))dlsym(library, "curl_easy_setopt");
    CURLcode (*perform)(CURL *) = (CURLcode(*)(CURL *))dlsym(library, "curl_easy_perform");
    void (*cleanup)(CURL *) = (void (*)(CURL *))dlsym(library, "curl_easy_cleanup");
    const char *(*error)(CURLcode) = (const char *(*)(CURLcode))dlsym(library, "curl_easy_strerror");
    struct curl_slist *(*append)(struct curl_slist *, const char *) =
        (struct curl_slist * (*)(struct curl_slist *, const char *)) dlsym(library, "curl_slist_append");
    void (*release)(struct curl_slist *) = (void (*)(struct curl_slist *))dlsym(library, "curl_slist_free_all");
    CURL *curl = init && set && perform && cleanup && error && append && release ? init() : NULL;
    if (!curl) {
        strcpy(reason, "libcurl cannot be used");
        return 1;
    }
    char detail[CURL_ERROR_SIZE] = "";
    struct kb_mail_text text = {bytes, length};
    struct curl_slist *to = NULL;
    for (int i = 0; i < count; i++) to = append(to, recipients[i]);
    set(curl, CURLOPT_URL, url);
    set(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(curl, CURLOPT_USE_SSL, password ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
    if (user) set(curl, CURLOPT_USERNAME, user);
    if (password) set(curl, CURLOPT_PASSWORD, password);
    set(curl, CURLOPT_MAIL_FROM, from);
    set(curl, CURLOPT_MAIL_RCPT, to);
    set(curl, CURLOPT_READFUNCTION, kb_mail_read);
    set(curl, CURLOPT_READDATA, &text);
    set(curl, CURLOPT_UPLOAD, 1L);
    set(curl, CURLOPT_NOSIGNAL, 1L);
    set(curl, CURLOPT_CONNECTTIMEOUT, 30L);
    set(curl, CURLOPT_TIMEOUT, 120L);
    set(curl, CURLOPT_ERRORBUFFER, detail);
    CURLcode code = perform(curl);
    if (code != CURLE_OK) {
        strncpy(reason, detail[0] ? detail : error(code), 255);
        reason[255] = 0;
    }
    release(to);
    cleanup(curl);
    return code != CURLE_OK;
}

#endif
